#include "ui/flows.h"

#include "ui/attributions.h"
#include "ui/classes_in_question.h"

namespace tessera::ui {
namespace {

using Flows = std::vector<std::shared_ptr<const attribution::GroupFlows>>;

// Between every two neighbours.
std::vector<session::GroupFlow> queries(const AppState& state, const KnownFlows& known,
                                        const std::optional<ObjectiveChoice>& towards, int steps) {
  std::vector<session::GroupFlow> found;
  const auto& groups = known.inputs.groups;
  for (std::size_t i = 0; i + 1 < groups.size(); ++i) {
    found.push_back({groups[i], groups[i + 1], std::nullopt, steps, state.attribution.rules});
    if (towards) found.back().towards = objective_of(*towards);
  }
  return found;
}

// By one method: null where it is on its way.
Flows ask_flows(const AppState& state, Context& context, KnownFlows& known, int steps,
                engine::Visibility visibility = engine::Visibility::visible) {
  Flows flows;
  for (const session::GroupFlow& query : queries(state, known, known.inputs.towards, steps)) {
    const auto answer = context.engine.ask(query, visibility);
    flows.push_back(answer.ready() ? answer.value : nullptr);
    if (answer.error) known.error = answer.error;
    if (!answer.ready() && answer.progress.fraction >= known.progress.fraction)
      known.progress = answer.progress;
  }
  return flows;
}

// Those towards the other classes that are there to be chosen: then the next frame has them. Seconds of work,
// that shall not wait for minutes of icons.
void ask_ahead(const AppState& state, Context& context, const KnownFlows& known, int steps) {
  if (!context.shown.controls || !known.inputs.towards) return;
  for (const int index : known.inputs.classes) {
    const ObjectiveChoice towards{index, {}};
    if (towards == *known.inputs.towards) continue;
    for (const session::GroupFlow& query : queries(state, known, towards, steps)) context.engine.ask(query);
  }
}

bool are_known(const AppState& state, const Context& context, const KnownFlows& known, int steps) {
  for (const session::GroupFlow& query : queries(state, known, known.inputs.towards, steps))
    if (!context.engine.peek(query).ready()) return false;
  return true;
}

}  // namespace

KnownFlows flows_of(const AppState& state, Context& context, const Scene& scene, int most_classes) {
  KnownFlows known;
  if (state.flows.towards_class) known.inputs.towards = scene.objective;
  if (state.flows.compatible) known.chain = chain_of(state, context, scene).value;
  bool settled = true;
  for (const model::LayerInfo* layer : scene.layers) {
    const KnownGroups groups = groups_of(state, context, scene, layer->name);
    if (groups.error) known.error = groups.error;
    if (!groups.settled) known.progress = groups.progress;
    settled = settled && groups.settled;
    if (groups.value) known.inputs.groups.push_back(groups.value);
  }
  if (known.inputs.groups.size() < scene.layers.size()) {
    known.inputs.groups.clear();
    return known;
  }
  known.inputs.classes = classes_in_question(scene, most_classes);
  // One node stands for both classes of a difference.
  if (known.inputs.towards && known.inputs.towards->minus)
    std::erase(known.inputs.classes, *known.inputs.towards->minus);
  known.provisional = !settled;
  if (!settled) return known;  // of what is only passing on a slider nobody asks the network
  const bool path = state.attribution.method == AttributionMethod::path;
  if (path && !are_known(state, context, known, path_steps)) {
    // Asked first, as they are there first. Those of one method go together: a half of each would not add up.
    Flows linear = ask_flows(state, context, known, 0, engine::Visibility::focused);
    known.progress = {};
    ask_flows(state, context, known, path_steps);
    known.inputs.flows = std::move(linear);
    known.provisional = true;
  } else {
    known.inputs.flows = ask_flows(state, context, known, path ? path_steps : 0);
  }
  const GroupEffects effects = effects_of_groups(state, context.engine, known.inputs.groups.back());
  known.inputs.effects = effects.value;
  if (effects.error) known.error = effects.error;
  if (effects.provisional && !known.provisional) known.progress = effects.progress;
  known.provisional = known.provisional || effects.provisional;
  if (path) ask_ahead(state, context, known, 0);
  ask_ahead(state, context, known, path ? path_steps : 0);
  return known;
}

}  // namespace tessera::ui
