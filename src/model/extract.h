#pragma once

#include <span>
#include <unordered_map>

#include "model/torch.h"

namespace tessera::model {

// A part of a flat graph, copied: from `inputs`, which become the part's inputs in that order, to `outputs`,
// which it returns. Cuts the graph: what computes an input is left out, unless something else needs it.
struct Extract {
  std::shared_ptr<jit::Graph> graph;
  std::unordered_map<const jit::Value*, jit::Value*>
      copies;  // original → copy, of everything that was copied
};

// Throws Error where an output needs the whole graph's input and that is not among `inputs`. Outputs that are
// inputs themselves are returned as they come.
Extract extract(const jit::Graph& graph, std::span<jit::Value* const> inputs,
                std::span<jit::Value* const> outputs);

}  // namespace tessera::model
