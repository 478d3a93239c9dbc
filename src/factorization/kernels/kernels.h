#pragma once

#include <vector>

// The inner loops of non-negative factorization, one set for each kind of processor.
namespace tessera::factorization::kernels {

// Columns are handled in panels of this many floats; factors are padded with zeros to a multiple of it.
inline constexpr int panel = 32;
inline constexpr int padded(int length) { return (length + panel - 1) / panel * panel; }

// out (rows x padded(columns), rows `out_stride` apart) = left (rows x inner, rows `left_stride` apart) ·
// right. right: inner x columns, stored panel after panel, each inner x 32 (Panels below).
using Product = void (*)(const float* left, int left_stride, int rows, int inner, const float* right,
                         int columns, float* out, int out_stride);

// out (rows x rows) = factor · factorᵀ, factor: rows x stride, stride a multiple of 32.
using Gram = void (*)(const float* factor, int rows, int stride, float* out);

// Cyclic coordinate descent on min ‖target − other·factor‖² over factor >= 0, where gram = otherᵀ·other and
// product = otherᵀ·target: `sweeps` times over all rows. Columns are independent of each other. Returns the
// sum of the magnitudes of the projected gradient, met during the first sweep.
using Sweep = double (*)(float* factor, int rows, int stride, const float* gram, const float* product,
                         int sweeps);

struct Set {
  const char* name;
  Product product;
  Gram gram;
  Sweep sweep;
};

// The sets that this processor can run, the fastest first; the last is the plain one.
std::vector<Set> available();

// The fastest of them.
const Set& best();

}  // namespace tessera::factorization::kernels
