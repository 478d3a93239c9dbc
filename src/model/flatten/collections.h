#pragma once

#include <optional>
#include <vector>

#include "model/flatten/emitter.h"

namespace tessera::model {

// Runs an operation on lists, tuples and dictionaries whose elements are known one by one, so that the flat
// graph needs none of them: an appended and later unpacked tensor is just the tensor. Nothing where it is not
// such an operation.
std::optional<std::vector<Traced>> run_collection(const jit::Node& node, std::vector<Traced>& inputs);

}  // namespace tessera::model
