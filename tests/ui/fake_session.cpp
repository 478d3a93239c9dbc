#include "ui/fake_session.h"

#include <algorithm>
#include <chrono>
#include <functional>
#include <iterator>
#include <utility>
#include <vector>

#include "tessera/base/content_hash.h"
#include "tessera/figure/queries.h"
#include "tessera/session/check_queries.h"
#include "tessera/session/position_sum.h"
#include "tessera/session/queries.h"
#include "ui/fake_pictures.h"

namespace tessera::test {
namespace {

bool is_broken(const std::filesystem::path& file) { return file.filename().string().starts_with("broken"); }

std::shared_ptr<const Image> fake_image(const std::filesystem::path& file) {
  if (is_broken(file)) throw Error("the picture is broken", file.filename().string(), "Choose another");
  return std::make_shared<const Image>(fake_picture(64, 48, 1));
}

model::LayerInfo layer(const std::string& name, int side, int channels, bool suggested) {
  model::LayerInfo made;
  made.name = name;
  made.height = made.width = side;
  made.channels = channels;
  made.suggested = suggested;
  made.operation = "relu";
  return made;
}

bool has_long_names(const session::ModelRef& model) {
  return model.file.path.stem().string().starts_with("wordy");
}
bool is_long_name(const std::string& layer) { return layer.find(".features.") != std::string::npos; }

std::vector<model::LayerInfo> fake_layers() {
  return {layer("input", 32, 3, false), layer("low", 8, 6, true),
          layer("mid", FakeSession::mid_side, FakeSession::mid_channels, true), layer("high", 2, 40, true)};
}

// The same with long names, one layer more that is suggested, and more channels in the last.
std::vector<model::LayerInfo> long_named_layers() {
  std::vector<model::LayerInfo> layers = fake_layers();
  layers.push_back(layer("top", 2, 1280, true));
  for (model::LayerInfo& info : layers)
    if (info.name != "input") info.name = fake_long_name(info.name);
  layers[1].operation = "max_pool2d";
  return layers;
}

const std::vector<std::string>& long_labels() {
  static const std::vector<std::string> labels{
      "dalmatian, coach dog, carriage dog",
      "black-footed ferret, ferret, Mustela nigripes",
      "American Staffordshire terrier, Staffordshire terrier, American pit bull terrier, pit bull terrier",
      "hen-of-the-woods, hen of the woods, Polyporus frondosus, Grifola frondosa",
      "soft-coated wheaten terrier",
      "yellow lady's slipper, yellow lady-slipper, Cypripedium calceolus, Cypripedium parviflorum",
      "ox",
      "boathouse"};
  return labels;
}

bool is_deep(const std::filesystem::path& file) { return file.stem().string().starts_with("deep"); }

// As many layers as the bundled network has; one in nine is suggested.
std::vector<model::LayerInfo> deep_layers() {
  std::vector<model::LayerInfo> layers{layer("input", 32, 3, false)};
  for (int i = 1; i < FakeSession::deep_count; ++i)
    layers.push_back(layer("blocks." + std::to_string(i), 32 >> (i / 20), 2, i % 9 == 0));
  return layers;
}

std::shared_ptr<const model::ModelCard> fake_card(const session::ModelRef& model) {
  const auto file = model.file.path;
  if (is_broken(file))
    throw Error("the file is not a TorchScript archive", file.filename().string(), "Export it again");
  auto card = std::make_shared<model::ModelCard>();
  card->file = file;
  card->name = file.stem().string();
  if (std::filesystem::exists(file)) card->hash = content_hash(file);
  card->device = "CPU (2 threads)";
  card->classes = int(fake_logits(has_long_names(model)).size());
  if (has_long_names(model)) card->labels = long_labels();
  card->preprocessing.fit = {32, 32, image::FitRule::center_crop, 1.0};
  card->preprocessing_source = model.preprocessing ? model::PreprocessingSource::option
                               : file.stem().string().starts_with("unsure")
                                   ? model::PreprocessingSource::assumed
                                   : model::PreprocessingSource::archive;
  card->layers = has_long_names(model) ? long_named_layers() : is_deep(file) ? deep_layers() : fake_layers();
  if (!is_deep(file)) card->layers[2].aliases = {"mid.relu"};
  return card;
}

std::shared_ptr<const session::LayerActivations> fake_activations(const session::Activations& query) {
  const auto card = fake_card(query.model);
  const model::LayerInfo* info = card->find_layer(query.layer);
  if (!info) throw Error("there is no layer '" + query.layer + "'", card->name);
  std::shared_ptr<const Cube> cube = fake_cube(info->name);
  if (query.image.file.path.filename().string().starts_with("bright")) {
    auto brighter = std::make_shared<Cube>(*cube);
    for (float& value : brighter->values) value *= 2;
    cube = brighter;
  }
  return std::make_shared<const session::LayerActivations>(session::summarize(cube));
}

}  // namespace

std::shared_ptr<const Cube> fake_cube(const std::string& name) {
  std::vector<model::LayerInfo> layers = deep_layers();
  layers.erase(layers.begin());  // the input, which all have
  std::ranges::copy(fake_layers(), std::back_inserter(layers));
  std::ranges::copy(long_named_layers(), std::back_inserter(layers));
  for (const model::LayerInfo& info : layers) {
    if (info.name != name) continue;
    auto cube = std::make_shared<Cube>(info.height, info.width, info.channels);
    for (int c = 0; c < info.channels; ++c)
      cube->at((c / info.width) % info.height, c % info.width, c) =
          float(c + 1) * (is_long_name(name) ? 1.234e-4f : 1);
    return cube;
  }
  throw Error("there is no layer '" + name + "'");
}

std::string fake_long_name(const std::string& layer) {
  std::string name = layer + ".features.denseblock4.denselayer16.bottleneck.conv2.relu_activation_x12";
  name.resize(60);
  return name;
}

std::vector<float> fake_logits(bool of_long_names) {
  if (!of_long_names) return {2.0f, 0.5f, 3.0f};
  std::vector<float> logits{2.0f, 0.5f, 3.0f};
  while (logits.size() < long_labels().size()) logits.push_back(0.4f - 0.1f * float(logits.size()));
  return logits;
}

std::vector<float> fake_logits(const std::string& layer) { return fake_logits(is_long_name(layer)); }

check::Report sound_check() {
  using check::Kind;
  using check::Outcome;
  check::Report report;
  report.seconds = 1.25;
  for (const Kind kind : {Kind::repeat, Kind::batch, Kind::interpreter})
    report.lines.push_back({kind, {}, Outcome::passed, 0.0, 1e-6, "The same numbers in 3 runs"});
  for (const Kind kind : {Kind::directions, Kind::differences, Kind::completeness, Kind::place})
    for (const char* layer : {"low", "mid", "high"})
      report.lines.push_back({kind, layer, Outcome::passed, 2.5e-7, 1e-4, "Both agree along 8 directions"});
  report.lines.push_back({Kind::output, {}, Outcome::note, {}, {}, "Logits of 3 classes"});
  report.lines.push_back({Kind::input, {}, Outcome::note, {}, {}, "Values from 0 to 1"});
  return report;
}

check::Report failed_check(check::Kind kind, const std::string& layer) {
  check::Report report = sound_check();
  for (check::Line& line : report.lines) {
    if (line.kind != kind || line.layer != layer) continue;
    line.outcome = check::Outcome::failed;
    line.measured = 0.73;
    line.sentence =
        "It does not: this is what a sentence looks like that says for a person what is wrong, and where";
  }
  return report;
}

void FakeSession::set_check(std::optional<check::Report> report) {
  {
    const std::lock_guard lock(mutex_);
    check_ = std::move(report);
  }
  changed_.notify_all();
}

void FakeSession::keep_check(check::Report report) {
  const std::lock_guard lock(mutex_);
  kept_check_ = std::move(report);
}

void FakeSession::serve_checks(engine::Engine& engine) {
  engine.answer_together<session::CheckModel>(
      [this](const std::vector<engine::Member<session::CheckModel>>& members) {
        const auto& member = members.front();
        std::unique_lock lock(mutex_);
        while (!check_) {
          changed_.wait_for(lock, std::chrono::milliseconds(1));
          member.job().throw_if_cancelled();
          if (member.job().should_give_way()) return member.put_back();
        }
        member.finish(std::make_shared<const check::Report>(*check_));
      });
  engine.answer_with<session::FindCheck>([this](const session::FindCheck&, engine::Job&) {
    const std::lock_guard lock(mutex_);
    session::FoundCheck found;
    if (kept_check_) found.report = std::make_shared<const check::Report>(*kept_check_);
    return std::make_shared<const session::FoundCheck>(std::move(found));
  });
}

void FakeSession::hold() {
  const std::lock_guard lock(mutex_);
  held_ = true;
}

void FakeSession::release() {
  {
    const std::lock_guard lock(mutex_);
    held_ = false;
  }
  changed_.notify_all();
}

void FakeSession::wait_if_held(const std::function<bool()>& cancelled) {
  std::unique_lock lock(mutex_);
  while (held_ && !cancelled()) changed_.wait_for(lock, std::chrono::milliseconds(1));
}

void FakeSession::serve(engine::Engine& engine) {
  attributions_.serve(engine);
  session::serve_position_sums(engine);
  groups_.serve(engine);
  serve_checks(engine);
  engine.answer_with<session::OpenImage>([this](const session::OpenImage& query, engine::Job& job) {
    wait_if_held([&] { return job.cancelled(); });
    return fake_image(query.image.file.path);
  });
  engine.answer_with<session::OpenModel>([this](const session::OpenModel& query, engine::Job& job) {
    wait_if_held([&] { return job.cancelled(); });
    return fake_card(query.model);
  });
  engine.answer_with<figure::ReadFigure>([](const figure::ReadFigure& query, engine::Job&) {
    const auto& file = query.file.path;
    const bool is_real = std::filesystem::exists(file);
    return std::make_shared<const figure::FigureInFile>(is_real ? figure::read_figure(file)
                                                                : figure::FigureInFile{});
  });
  engine.answer_with<session::NetworkView>([](const session::NetworkView& query, engine::Job&) {
    auto made = std::make_shared<image::Fitted>();
    made->image = fake_picture(query.fit.width, query.fit.height, 1);
    made->region = {8, 0, 48, 48};
    return std::shared_ptr<const image::Fitted>(made);
  });
  engine.answer_with<session::Classify>([](const session::Classify& query, engine::Job&) {
    auto made = std::make_shared<model::Classification>();
    made->classes = {{2, "tabby", 3.0f, 0.7f}, {0, "dog", 2.0f, 0.25f}, {1, "teapot", 0.5f, 0.05f}};
    for (int i = 3; is_deep(query.model.file.path) && i < 20; ++i)
      made->classes.push_back({i, "class " + std::to_string(i), -float(i), 0});
    if (!has_long_names(query.model)) return std::shared_ptr<const model::Classification>(made);
    const std::vector<float> logits = fake_logits(true);
    for (int index = 3; index < int(logits.size()); ++index)
      made->classes.push_back({index, "", logits[std::size_t(index)], 0.0004f});
    for (model::ClassScore& score : made->classes) score.label = long_labels()[std::size_t(score.index)];
    return std::shared_ptr<const model::Classification>(made);
  });
  engine.answer_with<session::Activations>([this](const session::Activations& query, engine::Job& job) {
    wait_if_held([&] { return job.cancelled(); });
    return fake_activations(query);
  });
}

ui::AppState chosen(const std::string& image, const std::string& model, ui::ViewKind view) {
  ui::AppState state;
  state.pending_image = session::ImageRef{{std::filesystem::path("/fake") / image, 1, 1}};
  state.pending_model = session::ModelRef{{std::filesystem::path("/fake") / model, 1, 1}, {}, {}};
  state.selection.view = view;
  return state;
}

}  // namespace tessera::test
