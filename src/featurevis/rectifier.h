#pragma once

#include <limits>
#include <optional>

#include "model/torch.h"

namespace tessera::featurevis {

// ReLU (no upper limit), ReLU6 and their like: the input held between 0 and a limit.
struct Rectifier {
  float limit = std::numeric_limits<float>::infinity();
};

// Nothing where an operation is none.
std::optional<Rectifier> rectifier_of(const jit::Node* node);

// The input of the rectifier that computed a value, else the value itself.
jit::Value* before_rectifier(jit::Value* value);

at::Tensor rectified(const at::Tensor& input, const Rectifier& rectifier);

// A rectifier's gradient (of a loss) in icons (design: Numbers, Redirected ReLU): the normal rule, but for
// those elements of the batch where it leaves nothing at all, which get the redirected one.
at::Tensor redirected(const at::Tensor& gradient, const at::Tensor& input, const Rectifier& rectifier);

}  // namespace tessera::featurevis
