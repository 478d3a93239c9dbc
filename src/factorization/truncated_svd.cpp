#include "factorization/truncated_svd.h"

#include <Eigen/Eigenvalues>
#include <algorithm>
#include <cmath>

#include "factorization/eigen.h"
#include "factorization/random.h"

namespace tessera::factorization {
namespace {

using Rows = Eigen::Map<RowMajor>;

Rows rows_of(Factor& factor) { return {factor.values.data(), factor.atoms, factor.stride}; }

// Gram-Schmidt, each row twice: once is not enough in float32. What depends on earlier rows becomes zero.
void orthonormalize(Factor& factor) {
  Rows rows = rows_of(factor);
  for (int r = 0; r < factor.atoms; ++r) {
    const float before = rows.row(r).norm();
    for (int pass = 0; pass < 2; ++pass)
      for (int other = 0; other < r; ++other)
        rows.row(r) -= rows.row(r).dot(rows.row(other)) * rows.row(other);
    const float after = rows.row(r).norm();
    if (after > 1e-5f * before)
      rows.row(r) /= after;
    else
      rows.row(r).setZero();
  }
}

}  // namespace

TruncatedSvd truncated_svd(const Scaled& a, int rank, std::uint64_t seed) {
  constexpr int oversampling = 6, iterations = 3;
  const int width = std::min({rank + oversampling, a.positions, a.channels});
  rank = width;

  Factor by_channel(width, a.channels), by_position(width, a.positions);
  Random random(seed);
  for (int r = 0; r < width; ++r)
    for (int c = 0; c < a.channels; ++c) by_channel.row(r)[c] = float(random.uniform() - 0.5);
  for (int i = 0; i < iterations; ++i) {
    multiply(by_channel, a.by_position, by_position);
    orthonormalize(by_position);
    multiply(by_position, a.by_channel, by_channel);
    if (i + 1 < iterations) orthonormalize(by_channel);
  }

  // A ≈ by_positionᵀ · by_channel, and the singular parts of the small side are those of A.
  const std::vector<float> small = gram(by_channel);
  const Eigen::SelfAdjointEigenSolver<Eigen::MatrixXf> parts{
      Eigen::MatrixXf(Eigen::Map<const RowMajor>(small.data(), width, width))};
  const Eigen::MatrixXf turn = parts.eigenvectors().rightCols(rank).rowwise().reverse().transpose();

  TruncatedSvd svd{Factor(rank, a.positions), Factor(rank, a.channels),
                   std::vector<double>(std::size_t(rank))};
  rows_of(svd.left).noalias() = turn * rows_of(by_position);
  rows_of(svd.right).noalias() = turn * rows_of(by_channel);
  for (int r = 0; r < rank; ++r) {
    const float value = rows_of(svd.right).row(r).norm();
    svd.values[std::size_t(r)] = value;
    if (value > 0) rows_of(svd.right).row(r) /= value;
  }
  return svd;
}

Scaled compressed(const Scaled& a, const TruncatedSvd& svd) {
  Scaled result;
  result.positions = a.positions;
  result.channels = a.channels;
  result.scale = a.scale;
  result.norm = a.norm;
  result.mean = a.mean;
  const auto matrix_of = [](const Factor& factor, const std::vector<double>& values) {
    Matrix matrix(factor.atoms, factor.length);
    for (int r = 0; r < factor.atoms; ++r)
      for (int i = 0; i < factor.length; ++i)
        matrix.at(r, i) = float(values[std::size_t(r)]) * factor.row(r)[i];
    return matrix;
  };
  const Matrix left = matrix_of(svd.left, std::vector<double>(svd.values.size(), 1));
  const Matrix right = matrix_of(svd.right, svd.values);
  result.by_channel = panels_of_transposed(left, 1);
  result.then_by_channel = panels_of(right, 1);
  result.by_position = panels_of_transposed(right, 1);
  result.then_by_position = panels_of(left, 1);
  return result;
}

}  // namespace tessera::factorization
