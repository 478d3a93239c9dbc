#pragma once

#include <vector>

#include "model/flatten/emitter.h"

namespace tessera::model {

// Index of the tensor argument that the operation writes to, or -1.
int written_argument(const c10::FunctionSchema& schema);

// Runs an in-place operation in the dry run and writes it down as the out-of-place one. Whoever holds the
// tensor, a tensor that it looks into, or a tensor that looks into it, means the new values from then on.
// `run` executes the operation on the inputs' concrete values.
std::vector<Traced> run_in_place(const jit::Node& node, int written, std::vector<Traced>& inputs,
                                 Emitter& emitter, const std::function<std::vector<c10::IValue>()>& run);

}  // namespace tessera::model
