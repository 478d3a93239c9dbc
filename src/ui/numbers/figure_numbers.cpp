#include "ui/numbers/figure_numbers.h"

#include <array>
#include <utility>

#include "tessera/figure/catalogue.h"
#include "tessera/figure/queries.h"
#include "ui/figures/figure_views.h"
#include "ui/numbers/collectors.h"

namespace tessera::ui {
namespace {

using Collector = void (*)(NumberSheet& sheet);

constexpr std::array<std::pair<const char*, Collector>, 10> collectors{{
    {"overview", collect_overview},
    {"dictionary", collect_dictionary},
    {"grids", collect_grids},
    {"spatial", collect_spatial},
    {"channels", collect_channels},
    {"comparison", collect_comparison},
    {"groups", collect_groups},
    {"flows", collect_flows},
    {"cube", collect_cube},
    {"sheet", collect_sheet},
}};

const char* order_name(model::ChannelOrder order) {
  switch (order) {
    case model::ChannelOrder::bgr:
      return "bgr";
    case model::ChannelOrder::grey:
      return "grey";
    case model::ChannelOrder::rgb:
      break;
  }
  return "rgb";
}

std::string identity_text(const std::string& name, const std::string& hash, std::uintmax_t bytes) {
  return name + ", " + std::to_string(bytes) + " bytes, XXH3-128 " + hash;
}

// Model, picture, and how the one was fitted to the other.
void add_files(NumberSheet& sheet, const Scene& scene, const figure::FileIdentity& image,
               const image::Fitted& seen) {
  const model::ModelCard& card = *scene.card;
  sheet.constant("MODEL", scene.model.file.path.string(),
                 identity_text(card.name, card.hash, scene.model.file.size));
  sheet.constant("IMAGE", scene.image.file.path.string(), identity_text(image.name, image.hash, image.bytes));
  const auto& [x, y, width, height] = seen.region;
  sheet.constant("REGION", std::vector<double>{x, y, x + width, y + height}, "of the picture, in pixels");
  const model::Preprocessing& preprocessing = card.preprocessing;
  sheet.constant("RANGE", preprocessing.range, "the input is (pixel * RANGE / 255 - MEAN) / STD");
  sheet.constant("MEAN", std::vector<double>(preprocessing.mean.begin(), preprocessing.mean.end()));
  sheet.constant("STD", std::vector<double>(preprocessing.std.begin(), preprocessing.std.end()));
  sheet.constant("ORDER", std::string(order_name(preprocessing.order)));
}

void add_logits(NumberSheet& sheet, const model::Classification& verdict) {
  std::vector<float> logits(verdict.classes.size());
  for (const model::ClassScore& score : verdict.classes)
    if (std::size_t(score.index) < logits.size()) logits[std::size_t(score.index)] = score.logit;
  const std::size_t count = logits.size();
  sheet.array("logits", {count}, std::move(logits));
}

}  // namespace

AskedNumbers ask_numbers(const AppState& state, engine::Engine& engine) {
  if (!state.model || !state.image) return {std::nullopt, "there is no picture and no model yet"};
  NumberSheet sheet(state, engine);
  sheet.ask(session::OpenModel{*state.model});
  const auto image = sheet.ask(figure::IdentifyFile{state.image->file});
  const auto verdict = sheet.ask(session::Classify{*state.model, *state.image});
  const Scene* scene = sheet.scene();
  if (!scene || !scene->verdict || !image || !verdict) {
    sheet.note(false, nullptr);
    return sheet.take();
  }
  const auto seen = sheet.ask(session::NetworkView{scene->image, scene->card->preprocessing.fit});
  const auto input = sheet.ask(session::Activations{scene->model, scene->image, "input"});
  if (!seen || !input) return sheet.take();

  const std::string name = figure_of(state);
  const figure::Figure* known = figure::find_figure(name);
  sheet.sentence((known ? known->title : name) + " of " + image->name + " and " + scene->card->name + ".");
  add_files(sheet, *scene, *image, *seen);
  sheet.cube("input", *input->cube);
  add_logits(sheet, *verdict);
  for (const char* part : {"start", "network", "open"}) sheet.part(part);
  Collector collect = collect_layers;
  for (const auto& [of, collector] : collectors)
    if (name == of) collect = collector;
  collect(sheet);
  sheet.part("end");
  return sheet.take();
}

}  // namespace tessera::ui
