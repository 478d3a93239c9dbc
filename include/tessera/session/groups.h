#pragma once

#include <cstddef>
#include <cstdint>
#include <memory>
#include <optional>
#include <string>
#include <vector>

#include "tessera/attribution/all_classes.h"
#include "tessera/attribution/atoms.h"
#include "tessera/attribution/objective.h"
#include "tessera/attribution/rules.h"
#include "tessera/base/cube.h"
#include "tessera/factorization/factorization.h"
#include "tessera/factorization/facts.h"
#include "tessera/factorization/hue.h"
#include "tessera/factorization/matching.h"
#include "tessera/factorization/objective.h"
#include "tessera/session/references.h"

// Groups of a layer's neurons as a view shows them. Plain data; what is asked is in group_queries.h.
namespace tessera::session {

// How a layer shall be broken up.
struct GroupsRequest {
  ModelRef model;
  ImageRef image;
  std::string layer;
  factorization::Method method = factorization::Method::nmf;
  int k = 6;         // 1 to 32; the trivial bases take every channel or position
  int restarts = factorization::thorough_restarts;  // further starts, all carried to convergence
  std::uint64_t seed = 0;
  bool clip_negative = false;  // groups of max(A, 0) where the layer has negative values, which nmf refuses

  factorization::Objective objective;  // what the groups shall be about
  // What the gradients and attributions are of, where the objective has them.
  std::optional<attribution::Objective> towards;
  int steps = 20;  // midpoints of their path from the zero cube, 1 to 10 000; 0: at the picture (linear)
  attribution::GradientRules rules;

  bool needs_gradient() const { return !objective.only_activations(); }
};

// What groups are found in.
struct GroupInputs {
  std::shared_ptr<const Cube> activations;
  std::shared_ptr<const Cube> gradient;  // null where the objective has none
  bool influences = true;  // false: the layer does not reach the objective; the gradient is zero
};

// The groups of one layer, in the order in which they are to be shown, with what can be said of each without
// the network. Vectors have one entry a group.
struct LayerGroups {
  std::string key;  // equal for equal groups of the same model and picture, else different
  ModelRef model;
  ImageRef image;
  std::string layer;
  int height = 0;
  int width = 0;

  factorization::Factorization factorization;  // of the activations (or their positive part)
  // Who each is, across changes of k, of the objective, or of the picture; it decides the hue.
  std::vector<int> identities;
  std::vector<factorization::Hue> hues;         // the mean atom of PCA is grey
  std::vector<factorization::Match> continued;  // which group of the previous ones each goes on with
  std::vector<double> magnitudes;               // ‖G_i‖_F
  std::vector<std::vector<factorization::ChannelWeight>> top_channels;  // ten, by descending magnitude

  std::shared_ptr<const Cube> activations;   // of the layer, as it computed them
  std::shared_ptr<const Cube> maps;          // H x W x groups: the maps as a cube
  std::shared_ptr<const Cube> residual_map;  // H x W x 1: at each position ‖A − ΣG‖, never negative
  std::vector<std::string> remarks;  // sentences for a person: what was clipped, what has no influence

  int groups() const { return factorization.atoms(); }
  // Share of ‖A‖² that each group explains, and that none does: residual².
  double explained(int group) const { return factorization.explained[std::size_t(group)]; }
  double unexplained() const { return factorization.residual * factorization.residual; }
};
std::size_t memory_cost(const LayerGroups& value);  // without the activations, which others hold too

// Puts a factorization of a layer in the order of `previous` (may be null: the order that it has, by what is
// explained), continues identities, and works out the facts. Groups of another layer are not continued;
// those of another picture are matched by their directions alone.
LayerGroups describe(const GroupsRequest& request, const GroupInputs& inputs,
                     factorization::Factorization found, const LayerGroups* previous);

// As the attribution module takes them.
std::vector<attribution::Group> atoms_of(const LayerGroups& groups);

// What the groups of a layer contribute to one scalar, signed:
// value = bias + Σ groups + residual + gap.
struct GroupContributions {
  std::vector<float> groups;
  float residual = 0;  // of A − ΣG
  float bias = 0;      // the value with the baseline in the layer's place
  float value = 0;
  float gap = 0;  // what a path of finitely many steps misses; linear: what biases and clipping carry
};

// Contributions to every class. The effects' last column is the residual.
struct GroupAttributions {
  attribution::AllClasses all;

  int classes() const { return int(all.logits.size()); }
  int groups() const { return int(all.effects.atoms) - 1; }
  // Throw Error for classes that do not exist.
  GroupContributions to_class(int index) const;
  GroupContributions to_difference(int plus, int minus) const;
};
std::size_t memory_cost(const GroupAttributions& value);

// Groups by descending contribution: a view's order by attribution to the chosen class.
std::vector<int> by_contribution(const GroupContributions& contributions);

// One value of k, for a slider.
struct KTrial {
  int k = 0;
  double residual = 0;  // ‖M − maps·directions‖ / ‖M‖ of the matrix M that is factorized: the
                        // activations, or the blend of an objective
  std::optional<double> stability;  // mean cosine to the groups that other seeds find, 1: always the same; of
                                    // nmf alone
};

// Groups of several layers, made for each other and each on its own.
struct GroupChain {
  std::vector<std::shared_ptr<const LayerGroups>> compatible;  // earliest layer first
  std::vector<std::shared_ptr<const LayerGroups>> independent;
  // Of the flow between neighbours, earliest pair first: 0 spread evenly, 1 one source for each target
  // (factorization/compatible.h). The gain is the difference.
  std::vector<double> compatible_concentration;
  std::vector<double> independent_concentration;
};
std::size_t memory_cost(const GroupChain& value);

}  // namespace tessera::session
