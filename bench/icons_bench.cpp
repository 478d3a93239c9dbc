// Icons: seconds an icon, and what they look like.
//
//   bench_icons [--model FILE] [--layer blocks.10] [--channels 0-7] [--size 128] [--steps 256] [--batch 8]
//               [--style plain|alpha] [--restraint 0] [--seed 0] [--rate 0.05] [--sheet FILE.png]
//   bench_icons --grid PICTURE [--layer blocks.10] [--size 64] [--steps 128] [--pool 1] [--groups 6] [--power
//   0]
//               [--sheet FILE.png]
//   bench_icons --sight PICTURE [--layer blocks.11.expand]: what a user waits for who opens the view of grids
#include <algorithm>
#include <array>
#include <chrono>
#include <condition_variable>
#include <cstdio>
#include <cstdlib>
#include <iostream>
#include <map>
#include <mutex>
#include <string>

#include "app/allocator.h"
#include "tessera/base/error.h"
#include "tessera/engine/engine.h"
#include "tessera/factorization/factorize.h"
#include "tessera/featurevis/activation_grid.h"
#include "tessera/featurevis/icon_batch.h"
#include "tessera/image/load.h"
#include "tessera/image/save.h"
#include "tessera/session/icon_queries.h"
#include "tessera/session/queries.h"
#include "tessera/session/session.h"

using namespace tessera;
using namespace tessera::featurevis;

namespace {

struct Options {
  std::map<std::string, std::string> given;
  std::string text(const std::string& name, const std::string& otherwise) const {
    const auto found = given.find(name);
    return found == given.end() ? otherwise : found->second;
  }
  int number(const std::string& name, int otherwise) const {
    return std::atoi(text(name, std::to_string(otherwise)).c_str());
  }
  double real(const std::string& name, double otherwise) const {
    return std::atof(text(name, std::to_string(otherwise)).c_str());
  }
};

// "3", "0-7" or "1,5,9".
std::vector<int> channels_of(const std::string& text) {
  std::vector<int> channels;
  std::size_t at = 0;
  while (at < text.size()) {
    std::size_t end = text.find(',', at);
    if (end == std::string::npos) end = text.size();
    const std::string part = text.substr(at, end - at);
    const std::size_t dash = part.find('-');
    const int first = std::atoi(part.c_str());
    const int last = dash == std::string::npos ? first : std::atoi(part.c_str() + dash + 1);
    for (int channel = first; channel <= last; ++channel) channels.push_back(channel);
    at = end + 1;
  }
  return channels;
}

// Icons side by side, ten in a row.
Image sheet(const std::vector<Icon>& icons) {
  const int size = icons[0].picture.width;
  const int across = std::min<int>(10, int(icons.size()));
  const int down = (int(icons.size()) + across - 1) / across;
  Image all(across * (size + 4), down * (size + 4));
  std::fill(all.rgb.begin(), all.rgb.end(), std::uint8_t(255));
  for (int i = 0; i < int(icons.size()); ++i)
    for (int y = 0; y < size; ++y)
      std::copy_n(icons[std::size_t(i)].picture.pixel(0, y), 3 * size,
                  all.pixel(i % across * (size + 4) + 2, i / across * (size + 4) + 2 + y));
  return all;
}

double seconds_since(std::chrono::steady_clock::time_point start) {
  return std::chrono::duration<double>(std::chrono::steady_clock::now() - start).count();
}

std::shared_ptr<model::Model> load_model(const Options& options) {
  model::LoadOptions load;
  load.device = model::DeviceChoice::cpu;
  return model::Model::load(options.text("model", TESSERA_SOURCE_FOLDER "/models/efficientnet_lite0.pt"),
                            load);
}

int run_grid(const Options& options) {
  const auto model = load_model(options);
  const std::string layer = options.text("layer", "blocks.10");
  const model::Capture capture = model->capture(image::load(options.text("grid", "")), std::array{layer});
  const Cube cells = pooled(*capture.cubes.at(layer), options.number("pool", 1));
  Cube maps(cells.height, cells.width, options.number("groups", 6));
  if (maps.channels > 0) {
    factorization::Request request;
    request.k = maps.channels;
    request.clip_negative = true;
    maps.values = factorization::factorize(cells, request).maps.values;
  }
  GridRecipe recipe;
  recipe.cell = options.number("size", recipe.cell);
  recipe.steps = options.number("steps", recipe.steps);
  recipe.cosine_power = float(options.real("power", recipe.cosine_power));
  recipe.learning_rate = float(options.real("rate", recipe.learning_rate));
  ActivationGrid grid(*model, layer, cells, maps, recipe);
  const auto start = std::chrono::steady_clock::now();
  grid.advance(recipe.steps);
  const double seconds = seconds_since(start);
  std::printf("{\"seconds_an_icon\": %.4f, \"seconds\": %.2f, \"cells\": %zu, \"steps\": %d, \"size\": %d}\n",
              seconds / double(cells.positions()), seconds, cells.positions(), recipe.steps, recipe.cell);
  if (const std::string file = options.text("sheet", ""); !file.empty()) {
    Image all(grid.columns() * recipe.cell, grid.rows() * recipe.cell);
    for (int row = 0; row < grid.rows(); ++row)
      for (int column = 0; column < grid.columns(); ++column) {
        const Image cell = grid.cell(row, column);
        for (int y = 0; y < recipe.cell; ++y)
          std::copy_n(cell.pixel(0, y), 3 * recipe.cell,
                      all.pixel(column * recipe.cell, row * recipe.cell + y));
      }
    image::save_png(all, file);
  }
  return 0;
}

// From asking the session for a grid to its sketch, its previews and its end.
int run_sight(const Options& options) {
  session::IconOptions icons;
  icons.pack_folders = {TESSERA_SOURCE_FOLDER "/models/icons"};
  session::Session session(icons);
  std::mutex mutex;
  std::condition_variable changed;
  std::size_t news = 0;
  engine::EngineOptions engine_options;
  engine_options.notify = [&] {
    std::lock_guard lock(mutex);
    ++news;
    changed.notify_one();
  };
  engine::Engine engine(engine_options);
  session.serve(engine);
  session::RenderGrid query;
  query.model = {session::stamp(options.text("model", TESSERA_SOURCE_FOLDER "/models/efficientnet_lite0.pt")),
                 {},
                 model::DeviceChoice::cpu};
  query.image = {session::stamp(options.text("sight", ""))};
  query.layer = options.text("layer", "blocks.11.expand");
  const auto activations = engine.wait(session::Activations{query.model, query.image, query.layer});
  query.recipe = session::standard_grid_recipe(activations->cube->height, activations->cube->width);
  const auto start = std::chrono::steady_clock::now();
  int shown = -1;
  for (std::size_t seen = 0;;) {
    const auto answer = engine.ask(query);
    if (answer.failed()) throw Error(*answer.error);
    if (answer.value && answer.value->steps != shown) {
      shown = answer.value->steps;
      std::printf("%8.3f s: %s\n", seconds_since(start),
                  answer.value->coarse ? "sketch" : (std::to_string(shown) + " steps").c_str());
      std::fflush(stdout);
    }
    if (answer.ready()) break;
    std::unique_lock lock(mutex);
    changed.wait(lock, [&] { return news != seen; });
    seen = news;
  }
  std::printf("%8.3f s: done, positions %d x %d, cells of %d px\n", seconds_since(start),
              activations->cube->height, activations->cube->width, query.recipe.cell);
  return 0;
}

int run(const Options& options) {
  const auto model = load_model(options);
  Recipe recipe;
  recipe.size = options.number("size", recipe.size);
  recipe.steps = options.number("steps", recipe.steps);
  recipe.style = style_from_text(options.text("style", "plain"));
  recipe.restraint = float(options.real("restraint", recipe.restraint));
  recipe.learning_rate = float(options.real("rate", recipe.learning_rate));
  recipe.seed = std::uint64_t(options.number("seed", 0));
  const std::string layer = options.text("layer", "blocks.10");
  const std::vector<int> channels = channels_of(options.text("channels", "0-7"));
  const std::size_t together = std::size_t(options.number("batch", 8));
  std::vector<Icon> icons;
  double seconds = 0;
  for (std::size_t first = 0; first < channels.size(); first += together) {
    std::vector<IconSubject> subjects;
    for (std::size_t i = first; i < std::min(channels.size(), first + together); ++i)
      subjects.push_back({layer, Channel{channels[i]}, false});
    if (first == 0) {
      Recipe short_recipe = recipe;  // oneDNN builds its kernels at the first call
      short_recipe.steps = 1;
      IconBatch(*model, subjects, short_recipe).advance(1);
    }
    const auto start = std::chrono::steady_clock::now();
    IconBatch batch(*model, subjects, recipe);
    batch.advance(recipe.steps);
    seconds += seconds_since(start);
    for (std::size_t i = 0; i < batch.size(); ++i) icons.push_back(batch.icon(i));
  }
  double objective = 0;
  for (const Icon& icon : icons) objective += icon.quality.objective / double(icons.size());
  std::printf(
      "{\"seconds_an_icon\": %.4f, \"steps\": %d, \"size\": %d, \"batch\": %zu, \"objective\": %.4f}\n",
      seconds / double(icons.size()), recipe.steps, recipe.size, together, objective);
  for (std::size_t i = 0; i < icons.size(); ++i)
    std::fprintf(stderr, "%d: %.3f%s after %d\n", channels[i], double(icons[i].quality.objective),
                 icons[i].quality.failure == Failure::none ? "" : " FAILED", icons[i].quality.steps);
  if (const std::string file = options.text("sheet", ""); !file.empty()) image::save_png(sheet(icons), file);
  return 0;
}

}  // namespace

int main(int count, char** arguments) {
  app::keep_freed_memory();
  Options options;
  for (int i = 1; i + 1 < count; i += 2)
    options.given[std::string(arguments[i]).substr(2)] = arguments[i + 1];
  try {
    if (options.given.contains("sight")) return run_sight(options);
    return options.given.contains("grid") ? run_grid(options) : run(options);
  } catch (const Error& error) {
    std::cerr << error.what() << '\n';
    return 1;
  }
}
