#pragma once

#include <memory>
#include <optional>
#include <vector>

#include "tessera/attribution/flows.h"
#include "tessera/figure/sankey.h"
#include "tessera/session/groups.h"
#include "ui/state/group_options.h"
#include "ui/state/selection.h"

// What a diagram of flows between groups is made of, and what its numbers are. Nothing here draws or asks.
namespace tessera::ui {

// What is known of the layers that are shown, earliest first.
struct FlowInputs {
  std::vector<std::shared_ptr<const session::LayerGroups>> groups;
  std::vector<std::shared_ptr<const attribution::GroupFlows>> flows;  // between neighbours
  std::shared_ptr<const session::GroupAttributions> effects;          // of the last layer's groups
  std::optional<ObjectiveChoice> towards;  // what the flows are towards; nothing: class-free
  std::vector<int> classes;                // of the last column; the objective's first
};

enum class FlowNodeKind {
  group,
  residual,  // what no group of its layer explains
  bias,      // what the next column gets without anything in this one
  target     // a class, or the difference of two
};

struct FlowNode {
  FlowNodeKind kind = FlowNodeKind::group;
  int index = 0;            // of the group or the class
  double contribution = 0;  // towards the objective: what it contributes; of a target its value
};

struct FlowPlan {
  std::vector<std::vector<FlowNode>> columns;  // the last holds the classes
  // The same columns, and the links between them. A node's weight is what its height stands for; its least
  // height is 0.
  figure::Sankey sankey;
};

// Throws nothing: what is missing at the end of `flows` or as `effects` has no links yet.
FlowPlan plan_flows(const FlowInputs& inputs, FlowHeight height);

// How the objective's value is made up of the last layer: value = groups + residual + bias + missed. Nothing
// while it is not known, and for class-free flows.
struct FlowBalance {
  double value = 0;
  double groups = 0;
  double residual = 0;
  double bias = 0;
  double missed = 0;
};
std::optional<FlowBalance> balance_of(const FlowInputs& inputs);

}  // namespace tessera::ui
