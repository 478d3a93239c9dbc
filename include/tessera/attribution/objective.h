#pragma once

#include <string>
#include <string_view>
#include <variant>
#include <vector>

namespace tessera::attribution {

// The logit of a class.
struct ClassLogit {
  int index = 0;
  bool operator==(const ClassLogit&) const = default;
};

// logit[plus] - logit[minus].
struct LogitDifference {
  int plus = 0;
  int minus = 0;
  bool operator==(const LogitDifference&) const = default;
};

// The logarithm of a class's softmax probability.
struct LogProbability {
  int index = 0;
  bool operator==(const LogProbability&) const = default;
};

// A channel's sum over positions.
struct ChannelSum {
  std::string layer;
  int channel = 0;
  bool operator==(const ChannelSum&) const = default;
};

struct Neuron {
  std::string layer;
  int y = 0;
  int x = 0;
  int channel = 0;
  bool operator==(const Neuron&) const = default;
};

// The length of the activation vector at a position. Its direction is held: ⟨a, d⟩ with d = a/‖a‖ of the
// picture, a constant, so that along a path the objective stays linear in the layer.
struct PositionNorm {
  std::string layer;
  int y = 0;
  int x = 0;
  bool operator==(const PositionNorm&) const = default;
};

// ⟨a, G/‖G‖⟩ with the group's cube G = map ⊗ direction.
struct GroupActivation {
  std::string layer;
  std::vector<float> map;        // H·W values, row by row
  std::vector<float> direction;  // C values
  bool operator==(const GroupActivation&) const = default;
};

// What is explained: a scalar that the network computes from a picture. Every kind but LogProbability is
// linear in the layer (or the logits) that it reads.
using Objective = std::variant<ClassLogit, LogitDifference, LogProbability, ChannelSum, Neuron, PositionNorm,
                               GroupActivation>;

// The layer that it reads; empty for the logits.
const std::string& layer_of(const Objective& objective);

// JSON with one field "kind" ("class", "difference", "log_probability", "channel", "neuron", "position",
// "group") and that kind's own, all of them required:
// {"kind":"neuron","layer":"blocks.8","y":3,"x":4,"channel":17}.
std::string to_json(const Objective& objective);
// Strict: throws Error for what is not JSON, unknown kinds and fields, wrong types, negative indices and
// numbers that are not finite. Whether layer and indices exist is for the model to say.
Objective objective_from_json(std::string_view text);

}  // namespace tessera::attribution
