#pragma once

#include <functional>
#include <vector>

#include "model/torch.h"

namespace tessera::model {

// What became of a batch norm.
struct ReplacedBatchNorm {
  jit::Value* normalized = nullptr;   // its output, no longer used
  jit::Value* replacement = nullptr;  // what has those values now
  bool folded = false;  // true: the layer before it computes them, and its own values exist no more
  at::Tensor weight;    // [C]; undefined: 1
  at::Tensor bias;      // [C]; undefined: 0
};

// Takes every batch norm (in evaluation mode, with constant statistics) into the convolution or linear layer
// whose values nobody else uses, in double precision. A batch norm that stands elsewhere becomes one
// multiplication and addition, because batch_norm's own backward returns wrong numbers for some strides.
// Leaves dead nodes behind. `rank` gives the number of axes of a value.
std::vector<ReplacedBatchNorm> replace_batch_norms(
    jit::Graph& graph, const std::function<std::int64_t(const jit::Value*)>& rank);

}  // namespace tessera::model
