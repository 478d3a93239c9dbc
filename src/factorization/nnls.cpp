#include "factorization/nnls.h"

#include <Eigen/Cholesky>
#include <algorithm>
#include <vector>

namespace tessera::factorization {
namespace {

// The unconstrained solution over the free variables; the others stay zero.
Eigen::VectorXd solve_free(const Eigen::MatrixXd& gram, const Eigen::VectorXd& product,
                           const std::vector<bool>& free) {
  std::vector<Eigen::Index> indices;
  for (std::size_t i = 0; i < free.size(); ++i)
    if (free[i]) indices.push_back(Eigen::Index(i));
  Eigen::VectorXd solution = Eigen::VectorXd::Zero(product.size());
  // LDLT with pivots copes with directions that depend on each other.
  const Eigen::MatrixXd part = gram(indices, indices);
  const Eigen::VectorXd right = product(indices);
  solution(indices) = Eigen::VectorXd(part.ldlt().solve(right));
  return solution;
}

}  // namespace

Eigen::VectorXd nnls(const Eigen::MatrixXd& gram, const Eigen::VectorXd& product) {
  const Eigen::Index count = product.size();
  Eigen::VectorXd x = Eigen::VectorXd::Zero(count);
  std::vector<bool> free(std::size_t(count), false);
  const double negligible = 1e-12 * std::max(product.cwiseAbs().maxCoeff(), 0.0);

  // In exact arithmetic this ends by itself; rounding could make it go round.
  for (Eigen::Index round = 0; round < 3 * count + 10; ++round) {
    const Eigen::VectorXd gradient = product - gram * x;
    Eigen::Index best = -1;
    for (Eigen::Index i = 0; i < count; ++i)
      if (!free[std::size_t(i)] && gram(i, i) > 0 && gradient(i) > negligible &&
          (best < 0 || gradient(i) > gradient(best)))
        best = i;
    if (best < 0) break;
    free[std::size_t(best)] = true;

    while (true) {
      const Eigen::VectorXd wanted = solve_free(gram, product, free);
      // As far towards the wanted point as all stay non-negative; who hits zero first is no longer free.
      double step = 1;
      Eigen::Index blocking = -1;
      for (Eigen::Index i = 0; i < count; ++i) {
        if (!free[std::size_t(i)] || wanted(i) > 0) continue;
        const double reach = x(i) > 0 ? x(i) / (x(i) - wanted(i)) : 0;
        if (blocking < 0 || reach < step) {
          step = reach;
          blocking = i;
        }
      }
      if (blocking < 0) {
        x = wanted;
        break;
      }
      x = (x + step * (wanted - x)).cwiseMax(0.0);
      x(blocking) = 0;
      free[std::size_t(blocking)] = false;
    }
    // Freed and bound again at once: a gradient of rounding only.
    if (!free[std::size_t(best)]) break;
  }
  return x;
}

}  // namespace tessera::factorization
