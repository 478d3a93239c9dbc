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

namespace {

void multiply_through(const Factor& left, const Panels& first, const Panels& second, Factor& out) {
  if (second.rows == 0) return multiply(left, first, out);
  Factor middle(left.atoms, first.columns);
  multiply(left, first, middle);
  multiply(middle, second, out);
}

}  // namespace

void multiply_maps(const Scaled& a, const Factor& maps, Factor& out) {
  multiply_through(maps, a.by_channel, a.then_by_channel, out);
}

void multiply_directions(const Scaled& a, const Factor& directions, Factor& out) {
  multiply_through(directions, a.by_position, a.then_by_position, out);
}

}  // namespace tessera::factorization
