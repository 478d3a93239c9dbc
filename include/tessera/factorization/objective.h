#pragma once

#include <string>
#include <string_view>

#include "tessera/factorization/factorize.h"

namespace tessera::factorization {

// What groups shall be about: how much each block weighs in w_a·a ⊕ w_g·|gradient| ⊕ w_t·|attribution|. Each
// block is scaled to unit Frobenius norm first, then they stand side by side along the channels.
struct Objective {
  double activations = 1;
  double gradients = 0;
  double attributions = 0;

  bool only_activations() const { return gradients == 0 && attributions == 0; }
  bool operator==(const Objective&) const = default;
};

// "activations", "gradients", "attributions", or "blend:A,G,T" with the three weights. From text: throws
// Error for anything else, for weights that are negative or no numbers, and where all are zero.
std::string to_text(const Objective& objective);
Objective objective_from_text(std::string_view text);

// All positions x channels. Only those with a weight have to be there; the activations always.
struct LayerValues {
  MatrixView activations;
  MatrixView gradients;
  MatrixView attributions;
};

// The matrix that is factorized for an objective. Throws Error for weights that are negative or all zero, and
// for blocks that are missing or of another shape.
Matrix blended(const LayerValues& values, const Objective& objective);

// What was found in a blend, told in activations: its maps are kept and the directions solved on the
// activations. Residual, explained and order are about them. `request`: what `found` was asked with.
Factorization on_activations(const Factorization& found, MatrixView activations, const Request& request);

// Factorizes the blend, keeps its maps and solves the directions on the activations: by non-negative least
// squares, or by least squares where the method has signed directions. request.previous: of the same layer; a
// warm start only for activations alone.
Factorization factorize_for(const Objective& objective, const LayerValues& values, const Request& request,
                            const Watch& watch = {});

}  // namespace tessera::factorization
