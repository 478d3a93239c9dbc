#pragma once

#include <span>
#include <vector>

#include "tessera/factorization/factorization.h"

namespace tessera::factorization {

// Every neuron shared out among the atoms of its layer: w_i = G_i / ΣG, equally where all are zero, so that
// the shares of each neuron add up to 1 and the parts w_i ⊙ A to A. Where atoms are signed the magnitudes
// |G_i| / Σ|G| are taken, which is the same for non-negative ones. One matrix an atom, positions x channels.
std::vector<Matrix> split_shares(const Factorization& factorization);

// Σ w_i ⊙ values: what of some quantity over the neurons (an attribution, signed or not) each atom holds.
// Adds up to the sum over all values.
std::vector<double> shared_out(std::span<const Matrix> shares, MatrixView values);

}  // namespace tessera::factorization
