#pragma once

#include "model/torch.h"

namespace tessera::model {

// A tensor's numbers in the memory layout of another of its shape. LibTorch's derivatives are only right for
// gradients that lie in memory as their values do: that of instance_norm gives garbage for others, without a
// word.
at::Tensor in_layout_of(const at::Tensor& tensor, const at::Tensor& like);

}  // namespace tessera::model
