#pragma once

#include <cstdint>
#include <vector>

#include "factorization/scaled.h"

namespace tessera::factorization {

// The leading singular triples of a matrix, in its scaled units; values descend. Vectors of vanishing values
// are zero.
struct TruncatedSvd {
  Factor left;   // rank x positions
  Factor right;  // rank x channels
  std::vector<double> values;
};

// Randomised subspace iteration (Halko, Martinsson and Tropp 2011). Good enough to start a descent from, not
// to be shown: the last triples are blends of neighbours where singular values lie close together.
// A few more triples than asked for come with it, rougher still.
TruncatedSvd truncated_svd(const Scaled& a, int rank, std::uint64_t seed);

// The same matrix as far as these triples hold it: several times faster to multiply with, and near enough to
// find out which of several starts leads furthest (Zhou, Cichocki and Xie 2012).
Scaled compressed(const Scaled& a, const TruncatedSvd& svd);

}  // namespace tessera::factorization
