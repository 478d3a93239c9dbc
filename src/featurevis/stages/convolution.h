#pragma once

#include <array>
#include <optional>

#include "featurevis/kernels/kernels.h"
#include "featurevis/rectifier.h"
#include "featurevis/stages/stage.h"

namespace tessera::featurevis {

struct ConvolutionSettings {
  at::Tensor weight;  // [out, in / groups, h, w]
  at::Tensor bias;    // [out] or undefined
  std::array<std::int64_t, 2> stride{1, 1};
  std::array<std::int64_t, 2> dilation{1, 1};
  std::int64_t groups = 1;
  // Zeros added before and after the rows and columns, other than the convolution's own.
  std::array<std::int64_t, 4> zeros{0, 0, 0, 0};  // left, right, top, bottom
  std::array<std::int64_t, 2> padding{0, 0};      // its own: rows, columns
  std::optional<Rectifier> rectifier;             // after it
};

// A convolution with the zeros before it and the rectifier after it.
std::unique_ptr<Stage> make_convolution(ConvolutionSettings settings, at::ScalarType type);

}  // namespace tessera::featurevis
