#include "ui/groups.h"

#include <numeric>
#include <utility>

#include "tessera/factorization/facts.h"
#include "ui/attributions.h"

namespace tessera::ui {
namespace {

int steps_of(const AppState& state) {
  return state.attribution.method == AttributionMethod::path ? path_steps : 0;
}

std::shared_ptr<const session::LayerGroups> remembered(const GroupMemory::ByLayer& memory,
                                                       const std::string& layer) {
  const auto found = memory.find(layer);
  return found == memory.end() ? nullptr : found->second;
}

// A window, what is kept beside its view, and a file that is drawn from it ask side by side: none may take
// another's place.
std::string asker(const Context& context, const std::string& layer) {
  if (context.shown.kept) return "kept: " + layer;
  return (context.shown.controls ? "window: " : "figure: ") + layer;
}

}  // namespace

std::optional<session::GroupsRequest> groups_request(const AppState& state, engine::Engine& engine,
                                                     const Scene& scene, const std::string& layer) {
  const auto activations = activations_of(scene, engine, layer, engine::Visibility::focused);
  if (!activations) return std::nullopt;
  session::GroupsRequest request;
  request.model = scene.model;
  request.image = scene.image;
  request.layer = layer;
  // Directions have signs where the layer has.
  request.method = activations->minimum < 0 ? factorization::Method::semi_nmf : factorization::Method::nmf;
  request.k = state.groups.k;
  request.objective = state.groups.objective;
  request.steps = steps_of(state);
  request.rules = state.attribution.rules;
  if (!request.needs_gradient()) return request;
  if (!scene.objective) return std::nullopt;
  request.towards = objective_of(*scene.objective);
  return request;
}

namespace {

// Which of the shown layers' compatible groups are on screen, if any are.
std::optional<std::size_t> place_in_chain(const AppState& state, const Scene& scene,
                                          const std::string& layer) {
  if (state.selection.view != ViewKind::flows || !state.flows.compatible || scene.layers.size() < 2)
    return std::nullopt;
  for (std::size_t i = 0; i < scene.layers.size(); ++i)
    if (scene.layers[i]->name == layer) return i;
  return std::nullopt;
}

void remember(const AppState& state, Context& context,
              const std::shared_ptr<const session::LayerGroups>& groups) {
  const auto shown = remembered(state.group_memory.shown, groups->layer);
  if (context.shown.controls && (!shown || shown->key != groups->key))
    context.emit(action::GroupsShown{groups});
}

}  // namespace

KnownChain chain_of(const AppState& state, Context& context, const Scene& scene) {
  if (scene.layers.size() < 2) return {};
  session::CompatibleGroups query;
  query.model = scene.model;
  query.image = scene.image;
  query.rules = state.attribution.rules;
  for (const model::LayerInfo* layer : scene.layers) {
    query.layers.push_back({layer->name, state.groups.k});
    query.previous.push_back(remembered(state.group_memory.before, layer->name));
  }
  const auto answer = context.engine.ask(query, engine::Visibility::focused);
  return {answer.value, answer.progress, answer.error};
}

KnownGroups groups_of(const AppState& state, Context& context, const Scene& scene, const std::string& layer) {
  KnownGroups known;
  const auto shown = remembered(state.group_memory.shown, layer);
  if (shown && shown->model == scene.model && shown->image == scene.image) known.value = shown;
  if (const auto place = place_in_chain(state, scene, layer)) {
    const KnownChain chain = chain_of(state, context, scene);
    known.progress = chain.progress;
    known.error = chain.error;
    if (chain.error) known.value = nullptr;
    if (!chain.value) return known;
    known.value = chain.value->compatible[*place];
    known.settled = true;
    remember(state, context, known.value);
    return known;
  }
  const auto request = groups_request(state, context.engine, scene, layer);
  if (!request) return known;
  const auto answer =
      session::ask_groups(context.engine, *request, remembered(state.group_memory.before, layer),
                          asker(context, layer), engine::Visibility::focused);
  known.progress = answer.progress;
  known.error = answer.error;
  if (answer.value) known.value = answer.value;
  known.settled = answer.ready();
  if (known.error) known.value = nullptr;
  if (known.settled) remember(state, context, known.value);
  return known;
}

GroupEffects effects_of_groups(const AppState& state, engine::Engine& engine,
                               const std::shared_ptr<const session::LayerGroups>& groups) {
  if (!groups) return {};
  const session::AttributeGroups wanted{groups, steps_of(state), state.attribution.rules};
  GroupEffects found;
  const auto known = engine.peek(wanted);
  if (!known.ready() && wanted.steps > 0) {
    session::AttributeGroups linear = wanted;
    linear.steps = 0;
    found.value = engine.ask(linear, engine::Visibility::focused).value;
    found.provisional = true;
  }
  const auto answer = engine.ask(wanted);
  if (answer.ready()) return {answer.value, false, {}, nullptr};
  found.progress = answer.progress;
  found.error = answer.error;
  return found;
}

session::GroupContributions contributions_to(const session::GroupAttributions& effects,
                                             const ObjectiveChoice& objective) {
  return objective.minus ? effects.to_difference(objective.plus, *objective.minus)
                         : effects.to_class(objective.plus);
}

std::optional<SelectedGroup> group_of(const GroupRef& ref, const AppState& state, Context& context,
                                      const Scene& scene) {
  if (!scene.card->find_layer(ref.layer)) return std::nullopt;
  const KnownGroups known = groups_of(state, context, scene, ref.layer);
  if (!known.value || ref.group >= known.value->groups()) return std::nullopt;
  return SelectedGroup{ref, known.value};
}

std::optional<SelectedGroup> selected_group(const AppState& state, Context& context, const Scene& scene) {
  const auto& ref = state.selection.group();
  return ref ? group_of(*ref, state, context, scene) : std::nullopt;
}

std::vector<float> effects_of_group(const session::GroupAttributions& effects, int group) {
  std::vector<float> column;
  for (std::size_t target = 0; target < effects.all.effects.targets; ++target)
    column.push_back(effects.all.effects.at(target, std::size_t(group)));
  return column;
}

std::vector<int> shown_order(const session::LayerGroups& groups, GroupOrder order,
                             const std::optional<session::GroupContributions>& contributions) {
  if (order == GroupOrder::contribution && contributions) return session::by_contribution(*contributions);
  if (order == GroupOrder::left_to_right)
    return factorization::left_to_right(groups.factorization, groups.width);
  std::vector<int> found(std::size_t(groups.groups()));
  std::iota(found.begin(), found.end(), 0);
  return found;
}

ImU32 color_of(factorization::Hue hue, int alpha) { return IM_COL32(hue.red, hue.green, hue.blue, alpha); }

}  // namespace tessera::ui
