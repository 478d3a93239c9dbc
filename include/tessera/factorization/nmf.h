#pragma once

#include <cstdint>
#include <vector>

#include "tessera/factorization/factorization.h"
#include "tessera/factorization/watch.h"

namespace tessera::factorization {

enum class Start {
  nndsvd,   // from the leading singular vectors (Boutsidis and Gallopoulos 2008), zeros kept: sparser groups
  nndsvda,  // the same with zeros filled with the mean: usually the smaller error
  random,
};

// What a thorough search takes: every start is carried to convergence.
inline constexpr int thorough_restarts = 8;

struct NmfOptions {
  int k = 6;  // 1…32; atoms beyond what the matrix can need become zero
  Start start = Start::nndsvda;
  int restarts = 3;   // further starts, random and seeded; the first is the other singular one where there are
  int finalists = 1;  // several finalists: so many of the most promising are carried to convergence
  std::uint64_t seed = 0;
  int max_iterations = 300;        // of each start
  double tolerance = 3e-4;         // on the projected gradient, relative to the gradient at zero
  std::vector<float> row_weights;  // >= 0, one a position, or empty: errors there count so much; 0 is a mask,
  std::vector<float>
      column_weights;  // one a channel: masked maps and directions are 0, the residual is weighted too
  const Factorization* previous =
      nullptr;  // a warm start instead of `start`, of the same shape and any k. Not owned
};

// A (positions x channels) ≈ maps·directions, all >= 0, by HALS. Atoms in descending order of what they
// explain. Deterministic: the same input and options give the same bits on the same machine, on any thread.
// Throws Error for an empty matrix, NaN or infinities, negative values, k out of range, weights that do not
// fit.
Factorization nmf(MatrixView a, const NmfOptions& options, const Watch& watch = {});

// Signed A: maps >= 0, directions signed (Ding, Li and Jordan 2010). The singular start has no filled variant
// here.
Factorization semi_nmf(MatrixView a, const NmfOptions& options, const Watch& watch = {});

// Signed A: nmf of its positive and negative parts side by side; the maps are kept, and each direction is its
// positive less its negative half.
Factorization split_nmf(MatrixView a, const NmfOptions& options, const Watch& watch = {});

}  // namespace tessera::factorization
