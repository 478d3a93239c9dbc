#pragma once

#include <span>
#include <unordered_set>

#include "model/torch.h"

namespace tessera::model {

// The values that some depend on, with themselves and the graph's inputs.
std::unordered_set<const jit::Value*> values_behind(std::span<const jit::Value* const> results);

// Removes every operation that `results` do not depend on. For graphs without side effects.
void remove_dead_code(jit::Graph& graph, std::span<const jit::Value* const> results);

}  // namespace tessera::model
