#include "tessera/factorization/matrix.h"

#include <algorithm>
#include <cmath>

#include "factorization/eigen.h"
#include "tessera/base/error.h"

namespace tessera::factorization {

double norm(MatrixView matrix) {
  double squared = 0;
  // Rows in single precision where that is safe, for this is asked of every cube; else all in double.
  for (int r = 0; r < matrix.rows; ++r) squared += map(matrix).row(r).squaredNorm();
  if (std::isfinite(squared) && squared > 1e-20) return std::sqrt(squared);
  squared = 0;
  for (const float value : matrix.values()) squared += double(value) * value;
  return std::sqrt(squared);
}

Matrix positive_part(MatrixView matrix) {
  Matrix result(matrix.rows, matrix.columns);
  std::transform(matrix.values().begin(), matrix.values().end(), result.values.begin(),
                 [](float value) { return std::max(value, 0.0f); });
  return result;
}

Matrix split_signs(MatrixView matrix) {
  Matrix result(matrix.rows, 2 * matrix.columns);
  for (int r = 0; r < matrix.rows; ++r)
    for (int c = 0; c < matrix.columns; ++c) {
      const float value = matrix.at(r, c);
      result.at(r, value < 0 ? matrix.columns + c : c) = std::abs(value);
    }
  return result;
}

Matrix beside(std::span<const Matrix> matrices) {
  int columns = 0;
  for (const Matrix& matrix : matrices) {
    if (matrix.rows != matrices.front().rows)
      throw Error("matrices of different height cannot stand side by side");
    columns += matrix.columns;
  }
  Matrix result(matrices.empty() ? 0 : matrices.front().rows, columns);
  int start = 0;
  for (const Matrix& matrix : matrices) {
    map(result).middleCols(start, matrix.columns) = map(matrix);
    start += matrix.columns;
  }
  return result;
}

void require_finite(MatrixView matrix, const std::string& where) {
  if (matrix.rows <= 0 || matrix.columns <= 0) throw Error("there are no values to factorize", where);
  for (int r = 0; r < matrix.rows; ++r) {
    // Zero times a number is zero, and times NaN or infinity NaN.
    const float poison = (0.0f * map(matrix).row(r)).sum();
    if (poison != 0.0f)
      throw Error("the values hold NaN or infinity", where,
                  "Choose another layer or check the model's preprocessing");
  }
}

}  // namespace tessera::factorization
