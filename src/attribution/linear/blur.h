#pragma once

#include "model/torch.h"

namespace tessera::attribution {

// Every map [N,C,H,W] with [1 2 1]ᵀ[1 2 1] / 16, zero padded: checkerboard cancelling. Its own adjoint.
at::Tensor blurred(const at::Tensor& maps);

}  // namespace tessera::attribution
