#pragma once

#include "model/torch.h"
#include "tessera/image/image.h"
#include "tessera/model/preprocessing.h"

namespace tessera::model {

// A picture as the network's input: fitted, scaled, normalised; [1,C,H,W] float32, channels last in memory.
at::Tensor preprocess(const Image& picture, const Preprocessing& preprocessing, c10::Device device);

// The same for a picture that already has the input's size; [1,C,H,W] float32 on the CPU.
at::Tensor normalize(const Image& fitted, const Preprocessing& preprocessing);

}  // namespace tessera::model
