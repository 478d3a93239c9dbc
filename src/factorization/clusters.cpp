#include "tessera/factorization/clusters.h"

#include <algorithm>
#include <cmath>
#include <limits>
#include <optional>

#include "factorization/eigen.h"
#include "factorization/finish.h"
#include "factorization/random.h"
#include "factorization/require.h"

namespace tessera::factorization {
namespace {

struct Partition {
  RowMajor means;                // k x channels
  std::vector<Eigen::Index> of;  // per position
  double distortion = std::numeric_limits<double>::infinity();
  int iterations = 0;
  bool converged = false;
};

// k-means++ (Arthur and Vassilvitskii 2007): each next mean is a position drawn by its squared distance to
// those before.
RowMajor first_means(const Eigen::Map<const RowMajor>& a, int k, Random& random) {
  RowMajor means(k, a.cols());
  Eigen::VectorXd distance = Eigen::VectorXd::Ones(a.rows());
  for (int i = 0; i < k; ++i) {
    double left = random.uniform() * distance.sum();
    Eigen::Index chosen = 0;
    while (chosen + 1 < a.rows() && (left -= distance(chosen)) >= 0) ++chosen;
    means.row(i) = a.row(chosen);
    const Eigen::VectorXd to_this = (a.rowwise() - means.row(i)).rowwise().squaredNorm().cast<double>();
    distance = i == 0 ? to_this : Eigen::VectorXd(distance.cwiseMin(to_this));
  }
  return means;
}

void assign(const Eigen::Map<const RowMajor>& a, Partition& partition) {
  const Eigen::VectorXf lengths = partition.means.rowwise().squaredNorm();
  const RowMajor closeness = 2 * (a * partition.means.transpose());
  partition.distortion = 0;
  for (Eigen::Index p = 0; p < a.rows(); ++p) {
    (lengths.transpose() - closeness.row(p)).minCoeff(&partition.of[std::size_t(p)]);
    partition.distortion += (a.row(p) - partition.means.row(partition.of[std::size_t(p)])).squaredNorm();
  }
}

void update_means(const Eigen::Map<const RowMajor>& a, Partition& partition) {
  RowMajor sums = RowMajor::Zero(partition.means.rows(), a.cols());
  std::vector<int> members(std::size_t(partition.means.rows()), 0);
  for (Eigen::Index p = 0; p < a.rows(); ++p) {
    const Eigen::Index cluster = partition.of[std::size_t(p)];
    sums.row(cluster) += a.row(p);
    ++members[std::size_t(cluster)];
  }
  for (Eigen::Index i = 0; i < sums.rows(); ++i)
    if (members[std::size_t(i)] > 0) partition.means.row(i) = sums.row(i) / float(members[std::size_t(i)]);
}

Partition descend(const Eigen::Map<const RowMajor>& a, RowMajor means, int max_iterations,
                  const Watch& watch) {
  Partition partition;
  partition.means = std::move(means);
  partition.of.resize(std::size_t(a.rows()));
  assign(a, partition);
  while (partition.iterations < max_iterations && !watch.stop.stop_requested()) {
    const std::vector<Eigen::Index> before = partition.of;
    update_means(a, partition);
    assign(a, partition);
    ++partition.iterations;
    partition.converged = partition.of == before;
    if (partition.converged) break;
  }
  return partition;
}

}  // namespace

Factorization clusters(MatrixView a, const ClusterOptions& options, const Watch& watch) {
  require_count(options.k);
  require_finite(a, "");
  // Squares of very large or small values leave float32.
  const double size = norm(a);
  require_size(size);
  const int exponent = size > 0 ? std::clamp(-std::ilogb(size), -126, 126) : 0;
  Matrix scaled(a.rows, a.columns);
  map(scaled) = std::ldexp(1.0f, exponent) * map(a);
  const auto values = map(MatrixView(scaled));
  const int k = std::min(options.k, a.rows);
  const int starts = 1 + std::max(options.restarts, 0);
  Random random(options.seed);
  std::optional<Partition> best;
  for (int start = 0; start < starts && !(start > 0 && watch.stop.stop_requested()); ++start) {
    Partition found = descend(values, first_means(values, k, random), options.max_iterations, watch);
    if (!best || found.distortion < best->distortion) best = std::move(found);
    if (watch.progress)
      watch.progress({float(start + 1) / float(starts), best->iterations,
                      size > 0 ? std::sqrt(best->distortion) / std::ldexp(size, exponent) : 0});
  }

  Factorization result;
  result.method = Method::clusters;
  result.seed = options.seed;
  result.iterations = best->iterations;
  result.converged = best->converged;
  result.maps = Matrix(a.rows, options.k);
  result.directions = Matrix(options.k, a.columns);
  map(result.directions).topRows(k) = std::ldexp(1.0f, -exponent) * best->means;
  for (int p = 0; p < a.rows; ++p) result.maps.at(p, int(best->of[std::size_t(p)])) = 1;
  finish(result, a);
  return by_explained(result);
}

}  // namespace tessera::factorization
