#pragma once

#include "featurevis/rectifier.h"
#include "featurevis/stages/stage.h"

namespace tessera::featurevis {

std::unique_ptr<Stage> make_rectifier(const Rectifier& rectifier);

// The sum of two tensors of one shape.
std::unique_ptr<Stage> make_sum();

// Tensors one behind the other along an axis.
std::unique_ptr<Stage> make_concatenation(std::int64_t axis);

struct MaxPoolSettings {
  std::vector<std::int64_t> size, stride, padding, dilation;
  bool ceil = false;
};
std::unique_ptr<Stage> make_max_pool(MaxPoolSettings settings);

}  // namespace tessera::featurevis
