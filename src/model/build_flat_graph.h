#pragma once

#include "model/flat_graph.h"
#include "model/flatten/flatten.h"

namespace tessera::model {

struct BuiltGraph {
  FlatGraph flat;
  int classes = 0;
  int folded_batch_norms = 0;
  std::vector<std::string> notes;
};

// From what the dry run wrote down to the graph that programs are made from: finds the scores, drops what
// they do not need, folds batch norms, names values, lists layers, puts weights into the memory format that
// runs fastest. Throws Error for models without class scores.
BuiltGraph build_flat_graph(Trace trace, const std::vector<std::string>& suggested);

}  // namespace tessera::model
