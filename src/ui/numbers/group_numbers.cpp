// Groups, what they contribute and what flows between them, as numbers.
#include "ui/classes_in_question.h"
#include "ui/flows.h"
#include "ui/groups.h"
#include "ui/numbers/collectors.h"

namespace tessera::ui {
namespace {

constexpr int most_classes = 5;

void add_groups(NumberSheet& sheet, const session::LayerGroups& groups) {
  const factorization::Matrix& directions = groups.factorization.directions;
  sheet.layer(groups.layer);
  sheet.cube("maps/" + groups.layer, *groups.maps);
  sheet.array("directions/" + groups.layer, {std::size_t(directions.rows), std::size_t(directions.columns)},
              directions.values);
  sheet.array("magnitude/" + groups.layer, {groups.magnitudes.size()},
              {groups.magnitudes.begin(), groups.magnitudes.end()});
}

void add_contributions(NumberSheet& sheet, const session::GroupAttributions& effects,
                       const std::vector<int>& classes) {
  const attribution::AllClasses& all = effects.all;
  std::vector<float> values, bias;
  for (const int index : classes) {
    for (std::size_t atom = 0; atom < all.effects.atoms; ++atom)
      values.push_back(all.effects.at(std::size_t(index), atom));
    bias.push_back(all.baseline_logits[std::size_t(index)]);
  }
  sheet.array("classes", {classes.size()}, {classes.begin(), classes.end()});
  sheet.array("contribution", {classes.size(), all.effects.atoms}, std::move(values));
  sheet.array("bias", {classes.size()}, std::move(bias));
  sheet.part("groups");
}

void add_flows(NumberSheet& sheet, const FlowInputs& inputs) {
  for (std::size_t i = 0; i + 1 < inputs.groups.size(); ++i) {
    const attribution::GroupFlows& flows = *inputs.flows[i];
    const std::string& later = inputs.groups[i + 1]->layer;
    sheet.array("flow/" + inputs.groups[i]->layer + "/" + later, {flows.flows.targets, flows.flows.atoms},
                flows.flows.values);
    if (!inputs.towards) continue;
    sheet.array("later/" + later, {flows.later.size()}, flows.later);
    sheet.array("bias/" + later, {flows.bias.size()}, flows.bias);
  }
}

bool complete(const FlowInputs& inputs) {
  if (inputs.groups.empty() || inputs.flows.size() + 1 < inputs.groups.size()) return false;
  for (const auto& flows : inputs.flows)
    if (!flows) return false;
  return true;
}

void remark_on_groups(NumberSheet& sheet) {
  sheet.remark("Groups are taken as Tessera found them; the factorization is not made again, nor are icons.");
}

// Those of the layer that is looked at; null while they are on their way.
std::shared_ptr<const session::LayerGroups> groups_of_layer(NumberSheet& sheet) {
  const Scene& scene = *sheet.scene();
  if (!scene.layer) return nullptr;
  const KnownGroups known = groups_of(sheet.state(), sheet.context(), scene, scene.layer->name);
  const bool there = known.value && known.settled;
  sheet.note(there, known.error);
  return there ? known.value : nullptr;
}

}  // namespace

void add_groups_of_layer(NumberSheet& sheet) {
  const auto groups = groups_of_layer(sheet);
  if (!groups) return;
  sheet.constant("GROUPED", std::vector{groups->layer});
  sheet.part("group_cubes");
  sheet.part("group_facts");
  add_groups(sheet, *groups);
  remark_on_groups(sheet);
}

void collect_groups(NumberSheet& sheet) {
  const auto groups = groups_of_layer(sheet);
  if (!groups) return;
  const GroupEffects effects = effects_of_groups(sheet.state(), sheet.engine(), groups);
  sheet.note(effects.value && !effects.provisional, effects.error);
  sheet.constant("GROUPED", std::vector{groups->layer});
  add_method(sheet);
  sheet.part("group_cubes");
  sheet.part("group_facts");
  add_groups(sheet, *groups);
  if (effects.value)
    add_contributions(sheet, *effects.value, classes_in_question(*sheet.scene(), most_classes));
  remark_on_groups(sheet);
}

void collect_flows(NumberSheet& sheet) {
  const Scene& scene = *sheet.scene();
  if (scene.layers.empty()) return;
  const KnownFlows known = flows_of(sheet.state(), sheet.context(), scene, most_classes);
  const FlowInputs& inputs = known.inputs;
  const bool there = complete(inputs) && inputs.effects && !known.provisional;
  sheet.note(there, known.error);
  if (!there) return;
  std::vector<std::string> layers;
  for (const auto& groups : inputs.groups) layers.push_back(groups->layer);
  sheet.constant("GROUPED", layers);
  if (inputs.towards) add_objective(sheet, *inputs.towards);
  add_method(sheet);
  sheet.part("group_cubes");
  sheet.part("group_facts");
  for (const auto& groups : inputs.groups) add_groups(sheet, *groups);
  add_contributions(sheet, *inputs.effects, inputs.classes);
  if (inputs.towards) sheet.part("objective");
  sheet.part(inputs.towards ? "flows_towards" : "flows_free");
  add_flows(sheet, inputs);
  remark_on_groups(sheet);
}

}  // namespace tessera::ui
