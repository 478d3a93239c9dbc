#pragma once

#include <cstddef>
#include <optional>
#include <span>
#include <string>
#include <vector>

#include "tessera/attribution/atoms.h"
#include "tessera/attribution/control.h"
#include "tessera/attribution/method.h"
#include "tessera/attribution/objective.h"
#include "tessera/attribution/rules.h"
#include "tessera/attribution/sweeps.h"
#include "tessera/image/image.h"

namespace tessera::attribution {

// Spearman's rank correlation, -1 to 1: Pearson's of the ranks, equal values sharing their mean rank. Nothing
// for fewer than two values and where one side is constant. Throws Error where lengths differ.
std::optional<float> rank_correlation(std::span<const float> a, std::span<const float> b);

// The share of pairs with the same sign, zero being a sign of its own. Nothing where there are no pairs.
std::optional<float> sign_agreement(std::span<const float> a, std::span<const float> b);

struct Agreement {
  std::optional<float> ranks;
  std::optional<float> signs;
};
Agreement agreement(std::span<const float> a, std::span<const float> b);

struct TrustRequest {
  std::string layer;
  Objective objective;
  Atoms atoms = AllChannels{};  // GroupCubes with or without residual too
  GradientRules rules;
  Baseline baseline = Baseline::zero;
  int steps = 20;  // of the path
  int most = 20;  // atoms that are compared: those with the largest path attribution, by magnitude; 2 to 1000

  bool operator==(const TrustRequest&) const = default;
};

// Whether an attribution is to be believed (design: Trust).
struct Trust {
  // Sums against the true change, value - baseline_value.
  float value = 0;
  float baseline_value = 0;
  float linear_total = 0;
  float path_total = 0;
  bool influences = true;

  std::vector<std::size_t> compared;  // indices of the atoms, the largest first
  std::vector<float> linear;          // their attributions
  std::vector<float> path;
  std::vector<float> ablation;  // and what the objective falls by without each
  Agreement linear_path;
  Agreement linear_ablation;
  Agreement path_ablation;
  MethodNote note;
};
std::size_t memory_cost(const Trust& value);

// Throws Error and Cancelled as `sweeps`.
Trust assess_trust(Sweeps& sweeps, const Image& picture, const TrustRequest& request,
                   const Control& control = {});

}  // namespace tessera::attribution
