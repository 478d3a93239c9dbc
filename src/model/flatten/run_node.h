#pragma once

#include <vector>

#include "model/flatten/traced.h"

namespace tessera::model {

// One operation of the program on concrete values. Throws what LibTorch throws.
std::vector<c10::IValue> run_node(const jit::Node& node, const std::vector<Traced>& inputs);

}  // namespace tessera::model
