#pragma once

#include <vector>

#include "factorization/panels.h"

namespace tessera::factorization {

// factor = gram⁻¹ · product: the least-squares answer to gram = otherᵀ·other, product = otherᵀ·target. Where
// gram is singular, the answer of least length.
void least_squares(const std::vector<float>& gram, const Factor& product, Factor& factor);

}  // namespace tessera::factorization
