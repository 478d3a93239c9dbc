#pragma once

#include <Eigen/Core>

#include "tessera/factorization/matrix.h"

namespace tessera::factorization {

using RowMajor = Eigen::Matrix<float, Eigen::Dynamic, Eigen::Dynamic, Eigen::RowMajor>;
using RowMajorDouble = Eigen::Matrix<double, Eigen::Dynamic, Eigen::Dynamic, Eigen::RowMajor>;

inline Eigen::Map<const RowMajor> map(MatrixView matrix) {
  return {matrix.data, matrix.rows, matrix.columns};
}
inline Eigen::Map<RowMajor> map(Matrix& matrix) {
  return {matrix.values.data(), matrix.rows, matrix.columns};
}

}  // namespace tessera::factorization
