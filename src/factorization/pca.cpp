#include "tessera/factorization/pca.h"

#include <Eigen/Eigenvalues>
#include <algorithm>

#include "factorization/eigen.h"
#include "factorization/finish.h"
#include "factorization/require.h"

namespace tessera::factorization {
namespace {

struct Components {
  Eigen::MatrixXd directions;  // channels x k, unit length
  Eigen::VectorXd variances;   // k, descending
};

// From the eigenvectors of the smaller of the two square matrices, in double precision: exact for every
// component whose variance is above 1e-12 of the largest. `rounding`: what taking the mean off may have left
// where nothing varies.
Components leading(const Eigen::MatrixXd& centred, int k, double rounding) {
  const bool wide = centred.cols() > centred.rows();
  Eigen::MatrixXd square = Eigen::MatrixXd::Zero(std::min(centred.rows(), centred.cols()),
                                                 std::min(centred.rows(), centred.cols()));
  if (wide)
    square.selfadjointView<Eigen::Lower>().rankUpdate(centred);
  else
    square.selfadjointView<Eigen::Lower>().rankUpdate(centred.transpose());
  const Eigen::SelfAdjointEigenSolver<Eigen::MatrixXd> parts(square);
  k = std::min<int>(k, int(square.rows()));
  Components found;
  found.variances = parts.eigenvalues().tail(k).reverse();
  const Eigen::MatrixXd vectors = parts.eigenvectors().rightCols(k).rowwise().reverse();
  found.directions = wide ? Eigen::MatrixXd(centred.transpose() * vectors) : vectors;
  const double negligible = std::max(1e-12 * found.variances(0), rounding);
  for (int i = 0; i < k; ++i) {
    if (found.variances(i) > negligible) {
      found.directions.col(i).normalize();
    } else {
      found.variances(i) = 0;
      found.directions.col(i).setZero();
    }
  }
  return found;
}

}  // namespace

Factorization pca(MatrixView a, int k) {
  require_count(k);
  require_finite(a, "");
  const Eigen::MatrixXd values = map(a).cast<double>();
  const Eigen::RowVectorXd mean = values.colwise().mean();
  const Eigen::MatrixXd centred = values.rowwise() - mean;
  const double squared = values.squaredNorm();
  const Components components = leading(centred, k, 1e-26 * squared);

  Factorization result;
  result.method = Method::pca;
  result.mean_atom = k;
  result.maps = Matrix(a.rows, k + 1);
  result.directions = Matrix(k + 1, a.columns);
  for (int i = 0; i < int(components.variances.size()); ++i) {
    Eigen::VectorXd direction = components.directions.col(i);
    Eigen::Index largest = 0;
    direction.cwiseAbs().maxCoeff(&largest);
    if (direction(largest) < 0) direction = -direction;
    map(result.directions).row(i) = direction.transpose().cast<float>();
    map(result.maps).col(i) = (centred * direction).cast<float>();
  }
  map(result.directions).row(k) = mean.cast<float>();
  map(result.maps).col(k).setOnes();
  finish(result, a);
  // More exactly than from float32, for the variance may be a small part of the whole.
  if (!(squared > 0)) return result;
  for (int i = 0; i < int(components.variances.size()); ++i)
    result.explained[std::size_t(i)] = components.variances(i) / squared;
  result.explained[std::size_t(k)] = double(a.rows) * mean.squaredNorm() / squared;
  return result;
}

std::vector<double> variance_shares(const Factorization& pca) {
  std::vector<double> shares(std::size_t(pca.atoms()), 0);
  const double mean = pca.mean_atom >= 0 ? pca.explained[std::size_t(pca.mean_atom)] : 0;
  const double variance = 1 - mean;
  for (int i = 0; i < pca.atoms(); ++i)
    if (i != pca.mean_atom && variance > 0) shares[std::size_t(i)] = pca.explained[std::size_t(i)] / variance;
  return shares;
}

}  // namespace tessera::factorization
