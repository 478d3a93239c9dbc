#pragma once

#include <cstddef>
#include <cstdint>
#include <memory>
#include <optional>
#include <string>
#include <vector>

#include "tessera/attribution/atoms.h"
#include "tessera/attribution/control.h"
#include "tessera/attribution/objective.h"
#include "tessera/attribution/rules.h"
#include "tessera/attribution/sweeps.h"
#include "tessera/base/cube.h"
#include "tessera/image/image.h"

namespace tessera::attribution {

// What stands for "nothing there".
enum class Baseline {
  zero,
  mean  // every position has the layer's mean over positions, channel by channel
};
std::string to_text(Baseline baseline);              // "zero", "mean"
Baseline baseline_from_text(std::string_view text);  // throws Error
Cube baseline_of(const Cube& cube, Baseline baseline);

// What decides an attribution, beyond the model and the picture. A method ignores what is not its own.
struct AttributionRequest {
  std::string method = "path";  // a name in methods()
  std::string layer;
  Objective objective;
  GradientRules rules;
  Baseline baseline = Baseline::zero;

  int steps = 20;  // path, stochastic-path: midpoints of a path, 1 to 10 000

  // stochastic-path. Each step of each path multiplies every channel's distance from the baseline by a random
  // factor in [1 - noise, 1 + noise], of mean 1.
  int paths = 8;       // 2 to 1000
  float noise = 0.5f;  // 0 to 1
  std::uint64_t seed = 0;

  // ablation: what is taken away, one atom at a time. Nothing: the 100 neurons with the largest linear
  // attribution, by magnitude.
  std::optional<Atoms> ablated;

  bool operator==(const AttributionRequest&) const = default;
};

// What atoms of a layer contribute to an objective, signed.
struct Attribution {
  std::string method;
  std::string layer;
  std::shared_ptr<const Cube> activations;
  // H x W x C, one contribution for each neuron. Null for ablation, which says nothing about single neurons
  // that were not ablated.
  std::shared_ptr<const Cube> values;

  float value = 0;           // of the objective
  float baseline_value = 0;  // with the baseline in the layer's place: the bias atom
  float total = 0;           // of all contributions (of all falls, for ablation)
  // What the contributions miss of the true change: value - baseline_value - total. Falls under ablation need
  // not add up, nor do Grad-CAM's.
  float gap = 0;
  bool influences = true;  // false: the layer does not reach the objective, and everything is zero

  std::shared_ptr<const Cube> spread;  // stochastic-path: each neuron's standard deviation over the paths

  // grad-cam: max(0, Σ_c values), H·W values row by row, which is what is usually shown. It hides what speaks
  // against the objective; Σ_c values does not.
  std::vector<float> rectified;

  // ablation: what was taken away, and the fall of the objective for each.
  Atoms ablated = ChosenNeurons{};
  std::vector<float> falls;

  MethodNote note;
};
std::size_t memory_cost(const Attribution& value);

// The contributions of atoms: sums of `values`, or the falls where the atoms are those that were ablated.
// Throws Error for atoms that the method was not asked about, and for GroupCubes.
std::vector<float> contributions(const Attribution& attribution, const Atoms& atoms);

struct MethodInfo {
  std::string name;      // "path"
  std::string sentence;  // what it does, for a person
};
// Every method there is, the default first.
std::vector<MethodInfo> methods();

// Throws Error for unknown methods, numbers out of range and whatever `sweeps` refuses; and Cancelled.
Attribution attribute(Sweeps& sweeps, const Image& picture, const AttributionRequest& request,
                      const Control& control = {});

// What the request's gradient rules change: every number under the rules less that with exact gradients. Both
// are attributions of the same value, so what is left of `value` and `baseline_value` is zero and the gap is
// the total, with the other sign. The rules hide behaviour of the network; this shows it. Throws Error as
// `attribute`, and for rules that are exact already or a method that takes no gradients.
Attribution rule_difference(Sweeps& sweeps, const Image& picture, const AttributionRequest& request,
                            const Control& control = {});

}  // namespace tessera::attribution
