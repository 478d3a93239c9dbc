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

// The likeliest classes, and the objective's.
std::vector<int> classes_that_count(const Scene& scene) {
  std::vector<int> classes;
  const std::size_t likeliest = std::size_t(session::SaliencyHues{}.classes);
  for (const model::ClassScore& score : scene.verdict->classes)
    if (classes.size() < likeliest) classes.push_back(score.index);
  const auto add = [&](int index) {
    if (std::ranges::find(classes, index) == classes.end()) classes.push_back(index);
  };
  if (scene.objective) add(scene.objective->plus);
  if (scene.objective && scene.objective->minus) add(*scene.objective->minus);
  return classes;
}

// What speaks for, from nothing to the most.
void keep_positive(std::vector<float>& values) {
  float most = 0;
  for (const float value : values) most = std::max(most, value);
  for (float& value : values) value = most > 0 ? std::max(0.0f, value) / most : 0.0f;
}

}  // namespace

std::vector<PositionClasses> position_classes(const AppState& state, Context& context, const Scene& scene) {
  const std::size_t count = scene.layers.size();
  std::vector<PositionClasses> found(count);
  if (!scene.verdict) return found;
  const bool is_file = !context.shown.controls && !context.shown.kept;
  const std::vector<int> classes = classes_that_count(scene);
  const auto query_of = [&](std::size_t i, int steps) {
    auto query = all_classes_query(state, scene, scene.layers[i]->name, attribution::AllPositions{});
    query.request.steps = std::min(query.request.steps, steps);
    if (i + 1 < count) query.request.classes = classes;
    return query;
  };
  const auto from_the_last = [&](const auto& take) {
    for (std::size_t i = count; i-- > 0;) take(i);
  };
  from_the_last([&](std::size_t i) {
    const auto whole = query_of(i, path_steps);
    if (is_file || whole.request.steps <= sketch_steps || context.engine.peek(whole).ready()) return;
    const auto sketch = query_of(i, sketch_steps);
    const auto answer = context.engine.ask(sketch);
    if (answer.ready()) found[i] = {answer.value, sketch.key(), true, {}, nullptr};
  });
  from_the_last([&](std::size_t i) {
    const auto whole = query_of(i, path_steps);
    const auto answer = context.engine.ask(whole);
    if (answer.ready()) found[i] = {answer.value, whole.key(), false, {}, nullptr};
    if (answer.ready()) return;
    found[i].progress = answer.progress;
    found[i].error = answer.error;
  });
  return found;
}

std::shared_ptr<const attribution::AllClasses> further_classes(const AppState& state, Context& context,
                                                               const Scene& scene,
                                                               const model::LayerInfo& layer,
                                                               std::vector<int> classes,
                                                               engine::Visibility visibility) {
  auto query = all_classes_query(state, scene, layer.name, attribution::AllPositions{});
  query.request.classes = std::move(classes);
  return context.engine.ask(query, visibility).value;
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
                                                            const Scene& scene,
                                                            const std::vector<PositionClasses>& known) {
  if (known.empty() || !known.back().value) return nullptr;
  session::SaliencyHues query;
  query.factors = state.spatial.factors;
  for (std::size_t i = 0; i < known.size(); ++i)
    if (known[i].value) query.sources.push_back({scene.layers[i]->name, known[i].key, known[i].value});
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
  const auto answer = engine.ask(query, wanted(state.selection.pinned.place, place)).value;
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

std::optional<std::vector<float>> map_of_class(const attribution::AllClasses* known, int class_index) {
  const auto row = known ? known->row_of(class_index) : std::nullopt;
  if (!row) return std::nullopt;
  std::vector<float> map(known->effects.atoms);
  for (std::size_t i = 0; i < map.size(); ++i) map[i] = known->effects.at(*row, i);
  keep_positive(map);
  return map;
}

}  // namespace tessera::ui
