#pragma once

#include <cstdint>
#include <functional>
#include <span>
#include <vector>

#include "tessera/factorization/factorization.h"
#include "tessera/factorization/nmf.h"
#include "tessera/factorization/watch.h"

namespace tessera::factorization {

// What a slider of k needs to know of one value.
struct KFacts {
  int k = 0;
  Factorization factorization;
  double stability = 1;  // mean cosine between the groups (maps and directions) of this solution and of those
                         // that other seeds find, matched to each other; 1: every start finds the same groups
};

struct KOptions {
  int first = 1;
  int last = 16;  // at most 32
  int restarts = thorough_restarts;  // of each k, all carried to convergence
  int seeds = 4;  // starts to compare for the stability; 0 leaves it out
  std::uint64_t seed = 0;
};

// Non-negative factorizations of A for every k in turn. Each is the best of a start from the one before and
// of fresh starts, so the residual never grows with k. `found` hears of each as soon as it is there, on the
// calling thread. On a stop request what is finished is returned.
std::vector<KFacts> explore_k(MatrixView a, const KOptions& options, const Watch& watch = {},
                              const std::function<void(const KFacts&)>& found = {});

// Where a falling curve bends most: the index of the point farthest below the straight line between its ends,
// both axes scaled to 1 (Satopää et al. 2011). -1 for fewer than three points or a curve that nowhere lies
// below that line.
int knee(std::span<const double> curve);

}  // namespace tessera::factorization
