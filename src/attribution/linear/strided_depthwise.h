#pragma once

#include <cstdint>

#include "model/torch.h"

namespace tessera::attribution {

// Along one axis of a convolution, its gradient [N,C,h,w] and its input [N,C,H,W].
struct StridedAxis {
  std::int64_t stride = 1;
  std::int64_t padding = 0;
  std::int64_t input = 0;  // H or W
};

// The way back through a depthwise convolution with strides and without dilation: gradients [N,C,h,w] and its
// kernel [C,1,k,l] to [N,C,H,W]. Inputs whose distance is the stride meet the same entries of the kernel, and
// so each such set is a small convolution of the gradient, instead of one of a map that is mostly zeros.
at::Tensor pull_strided_depthwise(const at::Tensor& gradient, const at::Tensor& weight,
                                  const StridedAxis& down, const StridedAxis& across);

}  // namespace tessera::attribution
