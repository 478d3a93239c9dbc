#include "ui/flow_plan.h"

#include <cmath>
#include <numeric>

namespace tessera::ui {
namespace {

double residual_of(const session::LayerGroups& groups) {
  return groups.factorization.residual * groups.factorization.norm;
}

// What the last layer contributes to the objective, atom by atom; the residual last.
struct ToObjective {
  std::vector<double> atoms;
  double bias = 0;
  double value = 0;
  double missed = 0;
};

std::optional<ToObjective> to_objective(const FlowInputs& inputs) {
  if (!inputs.towards) return std::nullopt;
  ToObjective found;
  if (inputs.groups.size() > 1) {
    if (inputs.flows.size() + 1 < inputs.groups.size() || !inputs.flows.back()) return std::nullopt;
    const attribution::GroupFlows& last = *inputs.flows.back();
    found.atoms.assign(last.later.begin(), last.later.end());
    found.bias = last.baseline_value;
    found.value = last.value;
    found.missed = last.later_gap;
    return found;
  }
  if (!inputs.effects) return std::nullopt;
  const session::GroupContributions told =
      inputs.towards->minus ? inputs.effects->to_difference(inputs.towards->plus, *inputs.towards->minus)
                            : inputs.effects->to_class(inputs.towards->plus);
  found.atoms.assign(told.groups.begin(), told.groups.end());
  found.atoms.push_back(told.residual);
  found.bias = told.bias;
  found.value = told.value;
  found.missed = told.gap;
  return found;
}

// Groups, what is in none, and towards an objective what comes from nothing.
std::vector<FlowNode> nodes_of(const session::LayerGroups& groups, bool has_bias) {
  std::vector<FlowNode> nodes;
  for (int i = 0; i < groups.groups(); ++i) nodes.push_back({FlowNodeKind::group, i, 0});
  nodes.push_back({FlowNodeKind::residual, 0, 0});
  if (has_bias) nodes.push_back({FlowNodeKind::bias, 0, 0});
  return nodes;
}

void add_link(FlowPlan& plan, std::size_t column, std::size_t source, std::size_t target, double value) {
  if (value != 0 && std::isfinite(value))
    plan.sankey.links.push_back({int(column), int(source), int(target), value});
}

// Between two layers; contributions of either side's nodes are summed up on the way.
void link_layers(FlowPlan& plan, std::size_t column, const attribution::GroupFlows& flows, bool towards) {
  std::vector<FlowNode>& earlier = plan.columns[column];
  std::vector<FlowNode>& later = plan.columns[column + 1];
  const std::size_t bias = earlier.size() - 1;
  for (std::size_t target = 0; target < flows.flows.targets && target < later.size(); ++target) {
    for (std::size_t source = 0; source < flows.flows.atoms && source < earlier.size(); ++source) {
      const double value = flows.flows.at(target, source);
      add_link(plan, column, source, target, value);
      // In the first column nothing else tells; later ones know their own.
      if (column == 0) earlier[source].contribution += value;
    }
    if (!towards) continue;
    if (target < flows.later.size()) later[target].contribution = flows.later[target];
    if (target >= flows.bias.size()) continue;
    add_link(plan, column, bias, target, flows.bias[target]);
    earlier[bias].contribution += flows.bias[target];
  }
}

void link_objective(FlowPlan& plan, const ToObjective& told) {
  const std::size_t column = plan.columns.size() - 2;
  std::vector<FlowNode>& last = plan.columns[column];
  for (std::size_t i = 0; i < told.atoms.size() && i + 1 < last.size(); ++i) {
    add_link(plan, column, i, 0, told.atoms[i]);
    last[i].contribution = told.atoms[i];
  }
  add_link(plan, column, last.size() - 1, 0, told.bias);
  last.back().contribution = told.bias;
  plan.columns.back().front().contribution = told.value;
}

void link_classes(FlowPlan& plan, const session::GroupAttributions& effects) {
  const std::size_t column = plan.columns.size() - 2;
  for (std::size_t target = 0; target < plan.columns.back().size(); ++target) {
    FlowNode& node = plan.columns.back()[target];
    if (node.index >= effects.classes()) continue;
    for (std::size_t i = 0; i < effects.all.effects.atoms && i < plan.columns[column].size(); ++i)
      add_link(plan, column, i, target, effects.all.effects.at(std::size_t(node.index), i));
    node.contribution = effects.all.logits[std::size_t(node.index)];
  }
}

double weight_of(const FlowNode& node, const session::LayerGroups& groups, FlowHeight height) {
  if (height == FlowHeight::contribution) return std::abs(node.contribution);
  if (node.kind == FlowNodeKind::group) return groups.magnitudes[std::size_t(node.index)];
  return node.kind == FlowNodeKind::residual ? residual_of(groups) : 0;
}

}  // namespace

FlowPlan plan_flows(const FlowInputs& inputs, FlowHeight height) {
  FlowPlan plan;
  const bool towards = inputs.towards.has_value();
  for (const auto& groups : inputs.groups) plan.columns.push_back(nodes_of(*groups, towards));
  plan.columns.emplace_back();
  for (const int index : inputs.classes) plan.columns.back().push_back({FlowNodeKind::target, index, 0});
  if (!plan.columns.back().empty() && !inputs.groups.empty()) {
    for (std::size_t i = 0; i < inputs.flows.size() && i + 1 < inputs.groups.size(); ++i)
      if (inputs.flows[i]) link_layers(plan, i, *inputs.flows[i], towards);
    if (const auto told = to_objective(inputs))
      link_objective(plan, *told);
    else if (!towards && inputs.effects)
      link_classes(plan, *inputs.effects);
  }
  for (std::size_t column = 0; column < plan.columns.size(); ++column) {
    plan.sankey.columns.emplace_back();
    for (const FlowNode& node : plan.columns[column]) {
      const bool is_target = node.kind == FlowNodeKind::target;
      const double weight = is_target ? 0 : weight_of(node, *inputs.groups[column], height);
      // Groups alone may move: classes stand by likelihood, what is no group at the foot.
      plan.sankey.columns.back().push_back({weight, 0, node.kind != FlowNodeKind::group});
    }
  }
  return plan;
}

std::optional<FlowBalance> balance_of(const FlowInputs& inputs) {
  const auto told = to_objective(inputs);
  if (!told || told->atoms.empty()) return std::nullopt;
  FlowBalance balance;
  balance.value = told->value;
  balance.residual = told->atoms.back();
  balance.groups = std::accumulate(told->atoms.begin(), told->atoms.end() - 1, 0.0);
  balance.bias = told->bias;
  balance.missed = told->missed;
  return balance;
}

}  // namespace tessera::ui
