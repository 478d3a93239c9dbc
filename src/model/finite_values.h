#pragma once

#include <unordered_set>

#include "model/flat_graph.h"

namespace tessera::model {

// The values that are finite numbers for every picture, unless they overflow: made of the picture and of
// finite constants by operations that turn finite numbers into finite numbers.
std::unordered_set<const jit::Value*> finite_values(const FlatGraph& flat);

}  // namespace tessera::model
