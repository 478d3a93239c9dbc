#pragma once

#include <optional>
#include <unordered_map>

#include "model/flat_graph.h"

namespace tessera::model {

// Where a value's positions are, in the network's own order.
struct Grid {
  Arrangement arrangement = Arrangement::channels_first;
  int height = 0;
  int width = 0;
  int channels = 0;
  int prefix_tokens = 0;  // that are no cells, wherever they stand
  Turn turn{};            // how it comes to lie as the picture
  bool certain =
      false;  // by what made it, not by its shape alone: only then is a transposition one of the picture
  bool mixed = false;  // made of grids that lie differently: there is no one place for a cell
  std::vector<std::int64_t> cells =
      {};  // of tokens: which cell each is, -1 for others; empty: the others come first
};

// Which values hold one vector for each position of the picture, and how: followed from the input through
// convolutions, pools, element-wise operations and changes of shape, with what turns them (transpose,
// permute, flip, rot90). Attention maps, weights and pooled vectors have no grid. `sizes`: the shapes of the
// dry run.
std::unordered_map<const jit::Value*, Grid> find_grids(
    const jit::Graph& graph, const std::unordered_map<const jit::Value*, std::vector<std::int64_t>>& sizes);

}  // namespace tessera::model
