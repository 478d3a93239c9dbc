#include "factorization/scaled.h"

#include <algorithm>
#include <cmath>

#include "factorization/eigen.h"

namespace tessera::factorization {

Scaled scaled(MatrixView matrix, double size) {
  Scaled result;
  result.positions = matrix.rows;
  result.channels = matrix.columns;
  // Beyond 2^126 the scale itself would leave float32; such a matrix is as good as zero.
  const int exponent = size > 0 ? std::clamp(-std::ilogb(size), -126, 126) : 0;
  result.scale = std::ldexp(1.0f, exponent);
  result.norm = std::ldexp(size, exponent);
  double sum = 0;
  for (int r = 0; r < matrix.rows; ++r) sum += (result.scale * map(matrix).row(r)).sum();
  result.mean = sum / double(std::max<std::size_t>(matrix.size(), 1));
  result.by_channel = panels_of(matrix, result.scale);
  result.by_position = panels_of_transposed(matrix, result.scale);
  return result;
}

}  // namespace tessera::factorization
