#include "ui/attributions.h"

#include <algorithm>
#include <numeric>
#include <utility>

namespace tessera::ui {

session::Attribute attribution_query(const AppState& state, const Scene& scene, const std::string& layer,
                                     const attribution::Objective& objective) {
  attribution::AttributionRequest request;
  request.method = state.attribution.method == AttributionMethod::path ? "path" : "linear";
  request.layer = layer;
  request.objective = objective;
  request.rules = state.attribution.rules;
  request.steps = path_steps;
  return {scene.model, scene.image, std::move(request)};
}

LayerAttribution attribution_of(const AppState& state, engine::Engine& engine, const Scene& scene,
                                const std::string& layer, const attribution::Objective& objective,
                                engine::Visibility visibility) {
  const session::Attribute wanted = attribution_query(state, scene, layer, objective);
  const bool is_path = wanted.request.method == "path";
  const auto known = engine.peek(wanted);
  LayerAttribution found;
  if (is_path && !known.ready()) {
    session::Attribute linear = wanted;
    linear.request.method = "linear";
    const bool first = visibility == engine::Visibility::visible;
    found.value = engine.ask(linear, first ? engine::Visibility::focused : visibility).value;
    found.provisional = true;
  }
  const auto answer = engine.ask(wanted, visibility);
  if (answer.ready()) return {answer.value, false, {}, nullptr};
  found.progress = answer.progress;
  found.error = answer.error;
  return found;
}

session::AttributeAllClasses all_classes_query(const AppState& state, const Scene& scene,
                                               const std::string& layer, const attribution::Atoms& atoms) {
  attribution::AllClassesRequest request;
  request.layer = layer;
  request.atoms = atoms;
  request.steps = state.attribution.method == AttributionMethod::path ? path_steps : 0;
  request.rules = state.attribution.rules;
  return {scene.model, scene.image, std::move(request)};
}

namespace {

ClassEffects effects_of_atom(const AppState& state, engine::Engine& engine, const Scene& scene,
                             const std::string& layer, const attribution::Atoms& atom,
                             engine::Visibility visibility) {
  const session::AttributeAllClasses wanted = all_classes_query(state, scene, layer, atom);
  auto known = engine.peek(wanted).value;
  if (!known && wanted.request.steps > 0) {
    session::AttributeAllClasses linear = wanted;
    linear.request.steps = 0;
    known = engine.ask(linear, visibility).value;
  }
  const auto answer = engine.ask(wanted, visibility);
  if (answer.value) known = answer.value;
  if (!known) return {};
  return {known->effects.values, {!answer.ready(), answer.progress, answer.error}};
}

}  // namespace

ClassEffects effects_of_channel(const AppState& state, engine::Engine& engine, const Scene& scene,
                                const ChannelRef& channel, engine::Visibility visibility) {
  return effects_of_atom(state, engine, scene, channel.layer, attribution::ChosenChannels{{channel.channel}},
                         visibility);
}

ClassEffects effects_of_position(const AppState& state, engine::Engine& engine, const Scene& scene,
                                 const model::LayerInfo& layer, Position position,
                                 engine::Visibility visibility) {
  return effects_of_atom(state, engine, scene, layer.name,
                         attribution::ChosenPositions{{{position.y, position.x}}}, visibility);
}

std::vector<float> by_channel(const Cube& values, std::span<const char> counts) {
  std::vector<float> sums(std::size_t(values.channels), 0.0f);
  for (std::size_t position = 0; position < values.positions(); ++position) {
    if (!counts.empty() && !counts[position]) continue;
    const float* row = values.values.data() + position * sums.size();
    for (std::size_t c = 0; c < sums.size(); ++c) sums[c] += row[c];
  }
  return sums;
}

std::shared_ptr<const Cube> by_position(const Cube& values) {
  auto map = std::make_shared<Cube>(values.height, values.width, 1);
  const std::size_t depth = std::size_t(values.channels);
  for (std::size_t position = 0; position < values.positions(); ++position) {
    const float* row = values.values.data() + position * depth;
    map->values[position] = std::accumulate(row, row + depth, 0.0f);
  }
  return map;
}

std::vector<int> descending(std::span<const float> values) {
  std::vector<int> order(values.size());
  std::iota(order.begin(), order.end(), 0);
  std::stable_sort(order.begin(), order.end(),
                   [&](int a, int b) { return values[std::size_t(a)] > values[std::size_t(b)]; });
  return order;
}

}  // namespace tessera::ui
