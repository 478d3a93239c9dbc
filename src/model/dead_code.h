#pragma once

#include <unordered_set>

#include "model/torch.h"

namespace tessera::model {

// The values that `result` depends on, with itself and the graph's inputs.
std::unordered_set<const jit::Value*> values_behind(const jit::Value* result);

// Removes every operation that `result` does not depend on. For graphs without side effects.
void remove_dead_code(jit::Graph& graph, const jit::Value* result);

}  // namespace tessera::model
