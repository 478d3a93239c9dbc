#include "ui/views/spatial_answers.h"

#include <algorithm>
#include <span>
#include <utility>

namespace tessera::ui {
namespace {

// Between the positions of two layers, whichever of them is earlier.
session::LayerToLayer pair_query(const AppState& state, const Scene& scene, const std::string& earlier,
                                 const std::string& later) {
  attribution::LayerToLayerRequest request;
  request.layer = later;
  request.other = earlier;
  request.rules = state.attribution.rules;
  return {scene.model, scene.image, std::move(request)};
}

// What speaks for, from nothing to the most.
void keep_positive(std::vector<float>& values) {
  float most = 0;
  for (const float value : values) most = std::max(most, value);
  for (float& value : values) value = most > 0 ? std::max(0.0f, value) / most : 0.0f;
}

}  // namespace

PositionClasses position_classes(const AppState& state, engine::Engine& engine, const Scene& scene,
                                 const model::LayerInfo& layer) {
  const auto wanted = all_classes_query(state, scene, layer.name, attribution::AllPositions{});
  PositionClasses found;
  const auto known = engine.peek(wanted);
  if (!known.ready() && wanted.request.steps > 0) {
    auto linear = wanted;
    linear.request.steps = 0;
    const auto answer = engine.ask(linear, engine::Visibility::focused);
    if (answer.ready()) found = {answer.value, linear.key(), true, {}, nullptr};
  }
  const auto answer = engine.ask(wanted);
  if (answer.ready()) return {answer.value, wanted.key(), false, {}, nullptr};
  found.progress = answer.progress;
  found.error = answer.error;
  return found;
}

std::vector<std::size_t> strongest_classes(const session::SaliencyFactors& saliency, int factor) {
  const std::size_t count = saliency.classes.size();
  const std::span<const float> weights(saliency.weights.data() + std::size_t(factor) * count, count);
  std::vector<std::size_t> strongest;
  for (const int index : descending(weights)) {
    if (int(strongest.size()) == classes_listed) break;
    strongest.push_back(std::size_t(index));
  }
  return strongest;
}

std::shared_ptr<const session::SaliencyFactors> saliency_of(const AppState& state, engine::Engine& engine,
                                                            const Scene& scene) {
  session::SaliencyHues query;
  query.factors = state.spatial.factors;
  // All of one method: hues of the path must not be laid over maps of the linear one.
  std::vector<PositionClasses> known;
  bool provisional = false;
  for (const model::LayerInfo* layer : scene.layers) {
    known.push_back(position_classes(state, engine, scene, *layer));
    provisional = provisional || known.back().provisional;
  }
  for (std::size_t i = 0; i < known.size(); ++i) {
    PositionClasses& of_layer = known[i];
    if (provisional && !of_layer.provisional && of_layer.value) {
      auto linear = all_classes_query(state, scene, scene.layers[i]->name, attribution::AllPositions{});
      linear.request.steps = 0;
      of_layer.value = engine.ask(linear).value;
      of_layer.key = linear.key();
    }
    if (!of_layer.value) return nullptr;
    query.sources.push_back({scene.layers[i]->name, of_layer.key, of_layer.value});
  }
  if (query.sources.empty()) return nullptr;
  return engine.ask(query, engine::Visibility::focused).value;
}

std::optional<InfluenceMap> influence_of_place(const AppState& state, engine::Engine& engine,
                                               const Scene& scene, const model::LayerInfo& layer,
                                               const Place& place) {
  const model::LayerInfo* pointed = scene.card->find_layer(place.layer);
  if (!pointed || pointed == &layer) return std::nullopt;
  const bool earlier = scene.card->is_before(layer.name, pointed->name);
  const auto query = earlier ? pair_query(state, scene, layer.name, pointed->name)
                             : pair_query(state, scene, pointed->name, layer.name);
  const auto answer = engine.ask(query, engine::Visibility::focused).value;
  if (!answer) return std::nullopt;
  const Position cell = cell_of(place, pointed->height, pointed->width);
  const std::size_t at = std::size_t(cell.y) * std::size_t(pointed->width) + std::size_t(cell.x);
  const attribution::Effects& effects = answer->effects;  // later positions x earlier positions
  InfluenceMap map;
  map.influences = earlier;
  map.strength.resize(earlier ? effects.atoms : effects.targets);
  for (std::size_t i = 0; i < map.strength.size(); ++i)
    map.strength[i] = earlier ? effects.at(at, i) : effects.at(i, at);
  keep_positive(map.strength);
  return map;
}

std::vector<float> checkerboard_difference(const AppState& state, engine::Engine& engine, const Scene& scene,
                                           const model::LayerInfo& layer) {
  if (!scene.objective) return {};
  const auto map = [&](bool cancelled) -> std::shared_ptr<const Cube> {
    session::Attribute query = attribution_query(state, scene, layer.name, objective_of(*scene.objective));
    query.request.rules.cancel_checkerboard = cancelled;
    const auto answer = engine.ask(query).value;
    return answer && answer->values ? by_position(*answer->values) : nullptr;
  };
  const auto kept = map(false), cancelled = map(true);
  if (!kept || !cancelled) return {};
  std::vector<float> difference = cancelled->values;
  for (std::size_t i = 0; i < difference.size(); ++i) difference[i] -= kept->values[i];
  return difference;
}

std::optional<std::vector<float>> map_of_class(const PositionClasses& known, int class_index) {
  if (!known.value || std::size_t(class_index) >= known.value->effects.targets) return std::nullopt;
  const attribution::Effects& effects = known.value->effects;
  std::vector<float> map(effects.atoms);
  for (std::size_t i = 0; i < map.size(); ++i) map[i] = effects.at(std::size_t(class_index), i);
  keep_positive(map);
  return map;
}

}  // namespace tessera::ui
