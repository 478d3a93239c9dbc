#pragma once

#include <cstdint>

#include "tessera/factorization/factorization.h"
#include "tessera/factorization/watch.h"

namespace tessera::factorization {

struct ClusterOptions {
  int k = 6;  // 1…32; clusters that stay empty become zero atoms
  int restarts = 4;
  std::uint64_t seed = 0;
  int max_iterations = 100;
};

// k-means of the positions' activation vectors (Lloyd's descent from k-means++ starts, the best of several).
// Each position belongs to one atom: its map is the length of the cluster's mean there and 0 elsewhere, its
// direction is that of the mean. Throws Error as nmf does; negative values are welcome.
Factorization clusters(MatrixView a, const ClusterOptions& options, const Watch& watch = {});

}  // namespace tessera::factorization
