#pragma once

#include <memory>
#include <string>
#include <vector>

#include "model/torch.h"

namespace tessera::model {

// A value of the program while it is being walked: what it is in this dry run, and what computes it in the
// flat graph.
struct Traced {
  c10::IValue value;
  // The flat graph's value; null for a constant. Tensors leave it null: theirs is in the ledger, because an
  // in-place operation changes it for everybody who holds the tensor.
  jit::Value* symbol = nullptr;
  // What a list, tuple or dictionary (key, value, key, value …) is made of. Shared, as the collection itself
  // is.
  std::shared_ptr<std::vector<Traced>> elements;
  // For a module: its path from the root ("blocks.7").
  std::string path;
};

}  // namespace tessera::model
