// Who contributes to what, as numbers.
#include <algorithm>
#include <functional>

#include "ui/attributions.h"
#include "ui/numbers/collectors.h"
#include "ui/views/channel_ranking.h"
#include "ui/views/comparison.h"
#include "ui/views/spatial_answers.h"

namespace tessera::ui {
namespace {

std::vector<std::size_t> shape_of(const model::LayerInfo& layer) {
  return {std::size_t(layer.height), std::size_t(layer.width)};
}

void add_ranking(NumberSheet& sheet, const model::LayerInfo& layer) {
  const ChannelRanking ranking = channel_ranking(sheet.state(), sheet.engine(), *sheet.scene(), layer);
  sheet.note(!ranking.contribution.empty() && !ranking.provisional, ranking.error);
  sheet.array("contribution/" + layer.name, {ranking.contribution.size()}, ranking.contribution);
  if (ranking.attribution) sheet.array("bias/" + layer.name, {1}, {ranking.attribution->baseline_value});
  const std::vector<char> counts = counted_positions(sheet.state().selection, layer);
  if (!counts.empty()) sheet.array("counts/" + layer.name, shape_of(layer), {counts.begin(), counts.end()});
}

// Sorted, each once.
std::vector<int> listed(const session::SaliencyFactors& saliency) {
  std::vector<int> classes;
  for (int factor = 0; factor < saliency.factors; ++factor)
    for (const std::size_t index : strongest_classes(saliency, factor))
      classes.push_back(saliency.classes[index]);
  std::ranges::sort(classes);
  const auto twice = std::ranges::unique(classes);
  classes.erase(twice.begin(), twice.end());
  return classes;
}

}  // namespace

void add_method(NumberSheet& sheet) {
  // Whatever the layer: what all views of contributions share.
  const auto query = all_classes_query(sheet.state(), *sheet.scene(), {}, attribution::AllPositions{});
  sheet.constant("STEPS", std::int64_t(query.request.steps),
                 query.request.steps > 0 ? "midpoints of the path; 0: linear, at the picture"
                                         : "linear, at the picture; else midpoints of a path");
  const bool exact = query.request.rules == attribution::GradientRules{};
  sheet.constant("JUDGED", exact);
  sheet.part("gradients");
  if (exact) return;
  sheet.remark("Tessera took gradients by a rule of its own (" + attribution::to_text(query.request.rules) +
               "), which PyTorch has not: contributions here are those of exact gradients, and how far they "
               "are from Tessera's is printed but not judged.");
}

void add_objective(NumberSheet& sheet, const ObjectiveChoice& objective) {
  sheet.constant("PLUS", std::int64_t(objective.plus), sheet.scene()->label(objective.plus));
  if (objective.minus)
    sheet.constant("MINUS", std::int64_t(*objective.minus), sheet.scene()->label(*objective.minus));
  else
    sheet.constant("MINUS", std::monostate{});
}

void collect_spatial(NumberSheet& sheet) {
  const Scene& scene = *sheet.scene();
  add_method(sheet);
  const std::vector<PositionClasses> known = position_classes(sheet.state(), sheet.context(), scene);
  for (std::size_t i = 0; i < known.size(); ++i) {
    sheet.layer(scene.layers[i]->name);
    sheet.note(known[i].value && !known[i].provisional, known[i].error);
  }
  sheet.constant("LAYERS", names_of(scene.layers));
  const auto saliency = saliency_of(sheet.state(), sheet.engine(), scene, known);
  sheet.note(saliency != nullptr, nullptr);
  if (!saliency) return;
  const std::vector<int> classes = listed(*saliency);
  sheet.array("classes", {classes.size()}, {classes.begin(), classes.end()});
  for (std::size_t i = 0; i < scene.layers.size(); ++i) {
    if (!known[i].value) continue;
    const model::LayerInfo& layer = *scene.layers[i];
    const attribution::AllClasses& of_hues = *known[i].value;
    std::vector<int> missing;
    for (const int index : classes)
      if (!of_hues.row_of(index)) missing.push_back(index);
    std::shared_ptr<const attribution::AllClasses> further;
    if (!missing.empty()) {
      further =
          further_classes(sheet.state(), sheet.context(), scene, layer, missing, engine::Visibility::visible);
      sheet.note(further != nullptr, nullptr);
      if (!further) continue;
    }
    std::vector<float> values;
    for (const int index : classes) {
      const auto row = of_hues.row_of(index);
      const attribution::Effects& effects = row ? of_hues.effects : further->effects;
      for (std::size_t position = 0; position < effects.atoms; ++position)
        values.push_back(effects.at(row ? *row : *further->row_of(index), position));
    }
    sheet.array("positions/" + layer.name,
                {classes.size(), std::size_t(layer.height), std::size_t(layer.width)}, std::move(values));
  }
  sheet.part("spatial");
  sheet.remark("Hues are a factorization of these contributions to all classes; it is not made again.");
  if (sheet.state().selection.place())
    sheet.remark("What the pinned position has to do with other layers is not computed again.");
  if (sheet.state().attribution.show_difference)
    sheet.remark("The figure shows what cancelling the checkerboard changes; here are the contributions.");
}

void collect_channels(NumberSheet& sheet) {
  const Scene& scene = *sheet.scene();
  add_method(sheet);
  if (scene.objective) add_objective(sheet, *scene.objective);
  const auto& pinned = sheet.state().selection.pinned.channel;
  std::vector<std::string> explained, earlier, later;
  for (const model::LayerInfo* layer : scene.layers) {
    sheet.layer(layer->name);
    add_ranking(sheet, *layer);
    if (!pinned || pinned->layer == layer->name)
      explained.push_back(layer->name);
    else if (scene.card->is_before(layer->name, pinned->layer))
      earlier.push_back(layer->name);
    else
      later.push_back(layer->name);
  }
  sheet.constant("LAYERS", explained);
  sheet.part("objective");
  sheet.part("channels");
  sheet.remark("Icons are not made again.");
  if (!pinned) return;
  sheet.layer(pinned->layer);
  sheet.constant("CHANNEL_LAYER", pinned->layer, "the pinned channel, which is explained");
  sheet.constant("CHANNEL", std::int64_t(pinned->channel));
  sheet.constant("EARLIER", earlier);
  sheet.constant("LATER", later);
  sheet.part("channel_inputs");
  sheet.part("channel_outputs");
}

void collect_comparison(NumberSheet& sheet) {
  const Scene& scene = *sheet.scene();
  if (!scene.layer || !scene.objective) return;
  const ObjectiveChoice choice = two_classes(scene);
  if (!choice.minus) return;
  const std::string& layer = scene.layer->name;
  sheet.layer(layer);
  sheet.constant("LAYER", layer);
  add_method(sheet);
  add_objective(sheet, choice);
  std::vector<float> net;
  for (const auto& [name, index] : {std::pair("plus", choice.plus), std::pair("minus", *choice.minus)}) {
    const LayerAttribution known =
        attribution_of(sheet.state(), sheet.engine(), scene, layer, attribution::ClassLogit{index});
    const bool there = known.value && known.value->values && !known.provisional;
    sheet.note(there, known.error);
    if (!there) continue;
    std::vector<float> values = by_channel(*known.value->values);
    if (net.empty())
      net = values;
    else
      std::ranges::transform(net, values, net.begin(), std::minus<>());
    const std::size_t count = values.size();
    sheet.array(name, {count}, std::move(values));
  }
  const std::size_t count = net.size();
  sheet.array("net", {count}, std::move(net));
  sheet.part("comparison");
  sheet.remark("Icons are not made again.");
}

}  // namespace tessera::ui
