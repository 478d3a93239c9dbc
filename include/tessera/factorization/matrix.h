#pragma once

#include <cassert>
#include <cstddef>
#include <span>
#include <string>
#include <vector>

#include "tessera/base/cube.h"

namespace tessera::factorization {

// Row-major float32. What factorizations are made of: positions x channels, positions x atoms, atoms x
// channels.
struct Matrix {
  int rows = 0;
  int columns = 0;
  std::vector<float> values;  // size rows * columns

  Matrix() = default;
  Matrix(int rows_, int columns_) : rows(rows_), columns(columns_), values(std::size_t(rows_) * columns_) {}

  float at(int row, int column) const { return values[index(row, column)]; }
  float& at(int row, int column) { return values[index(row, column)]; }
  std::span<const float> row(int r) const { return {values.data() + index(r, 0), std::size_t(columns)}; }
  std::span<float> row(int r) { return {values.data() + index(r, 0), std::size_t(columns)}; }

  std::size_t index(int row, int column) const {
    assert(row >= 0 && row < rows && column >= 0 && column <= columns);
    return std::size_t(row) * columns + column;
  }
  bool operator==(const Matrix&) const = default;
};

// Somebody else's row-major values, not owned: a matrix, or a cube as positions x channels.
struct MatrixView {
  const float* data = nullptr;
  int rows = 0;
  int columns = 0;

  MatrixView() = default;
  MatrixView(const float* data_, int rows_, int columns_) : data(data_), rows(rows_), columns(columns_) {}
  MatrixView(const Matrix& matrix) : MatrixView(matrix.values.data(), matrix.rows, matrix.columns) {}
  MatrixView(const Cube& cube) : MatrixView(cube.values.data(), int(cube.positions()), cube.channels) {}

  std::size_t size() const { return std::size_t(rows) * columns; }
  std::span<const float> values() const { return {data, size()}; }
  std::span<const float> row(int r) const { return {data + std::size_t(r) * columns, std::size_t(columns)}; }
  float at(int row, int column) const { return data[std::size_t(row) * columns + column]; }
};

inline std::size_t memory_cost(const Matrix& matrix) {
  return sizeof(Matrix) + matrix.values.size() * sizeof(float);
}

// Frobenius norm; summed in double precision.
double norm(MatrixView matrix);

// max(value, 0).
Matrix positive_part(MatrixView matrix);

// Positive part and the negative part's magnitude side by side: rows x 2 columns, both non-negative.
Matrix split_signs(MatrixView matrix);

// Matrices of equal height side by side.
Matrix beside(std::span<const Matrix> matrices);

// Throws Error where the matrix is empty or holds NaN or infinities. `where`: what it is, for the message.
void require_finite(MatrixView matrix, const std::string& where);

}  // namespace tessera::factorization
