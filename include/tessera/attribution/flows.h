#pragma once

#include <cstddef>
#include <optional>
#include <string>
#include <vector>

#include "tessera/attribution/atoms.h"
#include "tessera/attribution/control.h"
#include "tessera/attribution/objective.h"
#include "tessera/attribution/rules.h"
#include "tessera/attribution/sweeps.h"
#include "tessera/image/image.h"

namespace tessera::attribution {

// How the groups of one layer act on the groups of a later one (design: Flows).
struct FlowRequest {
  std::string earlier;
  std::vector<Group> earlier_groups;
  std::string later;
  std::vector<Group> later_groups;
  // Nothing: class-free, ⟨G_j, ∂⟨a₂, G_i/‖G_i‖⟩/∂a₁⟩. Else flows towards the objective, which conserve.
  std::optional<Objective> towards;
  // Midpoints of paths from zero cubes, 1 to 10 000; 0: derivatives at the picture (linear).
  int steps = 20;
  GradientRules rules;
  // One more atom on either side, the last: what the groups leave of their layer, A - ΣG, which shares in
  // each neuron like a group. Without it, it is shared out among the groups. Class-free: on the earlier side
  // alone.
  bool residual = false;

  bool operator==(const FlowRequest&) const = default;
};

// Towards an objective y, each neuron of a layer is split among its groups, w_i = |G_i| / Σ|G| (with |A - ΣG|
// as one more where there is a residual), so that the parts w_i ⊙ a add up to the cube. With J the Jacobian
// from layer 1 to layer 2 and g₂ the gradient of y at layer 2, each a mean along its own path (or, linear, at
// the picture):
//   flows(i, j) = ⟨w_i ⊙ J (w_j ⊙ a₁), g₂⟩
//   bias_i      = ⟨w_i ⊙ b₂, g₂⟩   where b₂ = a₂(0), the later layer's response to a zero cube at the earlier
//                                  (linear: b₂ = a₂ - J a₁, where the tangent at the picture meets zero)
//   later_i     = ⟨w_i ⊙ a₂, g₂⟩ = bias_i + Σ_j flows(i, j), up to `gap`
// and Σ_i later_i + baseline_value = value, up to `later_gap`.
struct GroupFlows {
  Effects flows;  // later groups (and residual) x earlier groups (and residual)
  // Empty or zero for class-free flows, all that follows but the note.
  std::vector<float> bias;   // for each later group
  std::vector<float> later;  // each later group's own attribution
  float gap = 0;             // the largest |later_i - bias_i - Σ_j flows(i, j)|
  float value = 0;           // y
  float baseline_value = 0;  // y with a zero cube at the later layer
  float later_gap = 0;       // value - baseline_value - Σ_i later_i
  MethodNote note;
};
std::size_t memory_cost(const GroupFlows& value);

// What of flows towards an objective is the same for every other objective, of the same request otherwise:
// kept, it makes the flows towards the next class cheap. Class-free flows are made of it alone.
struct PushedGroups {
  std::vector<Cube> tangents;  // J of the earlier atoms' parts at the later layer; none: see `push_groups`
  Cube response;               // a₂(0), where it is towards an objective along a path
  MethodNote note;
};
std::size_t memory_cost(const PushedGroups& value);

// No tangents where the network has no forward derivatives there, or the groups are so many that their
// tangents would need more than the memory budget: then flows are found without.
PushedGroups push_groups(Sweeps& sweeps, const Image& picture, const FlowRequest& request,
                         const Control& control = {});

GroupFlows flows(Sweeps& sweeps, const Image& picture, const FlowRequest& request, const PushedGroups& pushed,
                 const Control& control = {});

// Both in one. Throws Error for groups of other shapes, layers in the wrong order and whatever `sweeps`
// refuses; and Cancelled.
GroupFlows flows(Sweeps& sweeps, const Image& picture, const FlowRequest& request,
                 const Control& control = {});

}  // namespace tessera::attribution
