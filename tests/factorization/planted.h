#pragma once

#include "tessera/factorization/factorization.h"

namespace tessera::test {

// Reproducible, in [low, high).
factorization::Matrix random_matrix(int rows, int columns, unsigned seed, float low = 0, float high = 1);

factorization::Matrix product(const factorization::Matrix& left, const factorization::Matrix& right);

// Groups that overlap in space and in channels, yet are the only non-negative ones that explain their product
// exactly: each has positions and channels of its own.
struct Planted {
  factorization::Matrix maps;        // positions x k
  factorization::Matrix directions;  // k x channels
  factorization::Matrix values;      // their product
};
Planted planted(int positions, int channels, int k, unsigned seed);

// ‖a − b‖_F / ‖b‖_F in double precision.
double relative_difference(factorization::MatrixView a, factorization::MatrixView b);

// The factorization that given maps and directions are, for comparison by `match`.
factorization::Factorization as_factorization(const factorization::Matrix& maps,
                                              const factorization::Matrix& directions);

// The least cosine of groups (map and direction) of one to their partners in the other.
double least_matched_cosine(const factorization::Factorization& one,
                            const factorization::Factorization& other);

}  // namespace tessera::test
