#pragma once

#include "tessera/factorization/factorization.h"

namespace tessera::factorization {

// Principal components of A (positions x channels): k components by descending variance, and the mean over
// positions as one more atom, the last (`mean_atom`), so that atoms add up to the activation vector. Signed:
// each direction's entry of largest magnitude is positive. k in 1…32; components beyond the rank are zero.
// Throws Error for an empty matrix, NaN or infinities, k out of range.
Factorization pca(MatrixView a, int k);

// Of each component: its share of the variance about the mean; 0 for the mean itself.
std::vector<double> variance_shares(const Factorization& pca);

}  // namespace tessera::factorization
