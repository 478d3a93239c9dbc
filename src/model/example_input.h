#pragma once

#include <cstdint>
#include <optional>
#include <vector>

#include "model/archive.h"

namespace tessera::model {

// The shape [N,C,H,W] of the picture that a model was traced with, where the archive kept it.
std::optional<std::vector<std::int64_t>> example_input_shape(Archive& archive);

}  // namespace tessera::model
