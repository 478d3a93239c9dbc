#include "factorization/least_squares.h"

#include <Eigen/Eigenvalues>
#include <algorithm>

#include "factorization/eigen.h"

namespace tessera::factorization {

void least_squares(const std::vector<float>& gram, const Factor& product, Factor& factor) {
  const int atoms = product.atoms;
  const Eigen::MatrixXd normal = Eigen::Map<const RowMajor>(gram.data(), atoms, atoms).cast<double>();
  const Eigen::SelfAdjointEigenSolver<Eigen::MatrixXd> parts(normal);
  // Below this an eigenvalue is the rounding of the float32 sums.
  const double smallest = 1e-6 * std::max(parts.eigenvalues().cwiseAbs().maxCoeff(), 0.0);
  const Eigen::VectorXd inverse =
      parts.eigenvalues().unaryExpr([&](double value) { return value > smallest ? 1 / value : 0.0; });
  const Eigen::MatrixXf solution =
      (parts.eigenvectors() * inverse.asDiagonal() * parts.eigenvectors().transpose()).cast<float>();
  Eigen::Map<RowMajor>(factor.values.data(), atoms, factor.stride).noalias() =
      solution * Eigen::Map<const RowMajor>(product.values.data(), atoms, product.stride);
}

}  // namespace tessera::factorization
