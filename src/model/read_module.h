#pragma once

#include "model/archive.h"
#include "model/torch.h"

namespace tessera::model {

// What torch::jit::load makes of the archive, without a copy of the weights: those on the CPU lie where the
// archive's bytes were read to. Runs nothing of the model's own. Throws what LibTorch throws.
jit::Module read_module(Archive& archive, c10::Device device);

}  // namespace tessera::model
