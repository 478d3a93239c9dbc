#pragma once

#include <cstdint>
#include <optional>
#include <vector>

#include "model/torch.h"

namespace tessera::model {

// aten::conv2d(input, weight, bias, stride, padding, dilation, groups), with what is constant of it.
struct Convolution {
  at::Tensor weight;
  at::Tensor bias;  // may be undefined
  std::vector<std::int64_t> stride, padding, dilation;
  std::int64_t groups = 1;
};

// Nothing where the node is another operation, or where more than its input changes from picture to picture.
std::optional<Convolution> convolution_of(const jit::Node& node);

}  // namespace tessera::model
