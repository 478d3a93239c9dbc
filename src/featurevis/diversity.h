#pragma once

#include "model/torch.h"

namespace tessera::featurevis {

// How alike the variations of one icon are (design: Numbers, Objectives), and its derivative. features:
// [N, positions, C]. Gram matrices of each, normalised; the sum of inner products over ordered pairs, divided
// by N. 0 where they share no correlation, N - 1 where they are the same.
struct Likeness {
  float value = 0;
  at::Tensor gradient;
};
Likeness likeness(const at::Tensor& features);

}  // namespace tessera::featurevis
