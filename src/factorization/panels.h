#pragma once

#include <algorithm>
#include <cstddef>
#include <vector>

#include "factorization/aligned.h"
#include "factorization/kernels/kernels.h"
#include "tessera/factorization/matrix.h"

namespace tessera::factorization {

// One side of A ≈ maps·directions, atom after atom: atoms x length, each row padded with zeros to whole
// panels. All zero at first.
struct Factor {
  int atoms = 0;
  int length = 0;
  int stride = 0;
  AlignedFloats values;

  Factor() = default;
  Factor(int atoms_, int length_)
      : atoms(atoms_),
        length(length_),
        stride(kernels::padded(length_)),
        values(std::size_t(atoms_) * stride) {
    std::fill_n(values.data(), std::size_t(atoms) * stride, 0.0f);
  }

  float* row(int atom) { return values.data() + std::size_t(atom) * stride; }
  const float* row(int atom) const { return values.data() + std::size_t(atom) * stride; }
};

// A matrix as the kernels want it: panel after panel of 32 columns, the last padded with zeros.
struct Panels {
  int rows = 0;
  int columns = 0;
  AlignedFloats values;
};

Panels panels_of(MatrixView matrix, float scale);
Panels panels_of_transposed(MatrixView matrix, float scale);

// left (atoms x panels.rows) · panels, into `out` (atoms x panels.columns).
void multiply(const Factor& left, const Panels& panels, Factor& out);

// factor · factorᵀ, atoms x atoms.
std::vector<float> gram(const Factor& factor);

}  // namespace tessera::factorization
