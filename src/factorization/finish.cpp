#include "factorization/finish.h"

#include <algorithm>
#include <cmath>
#include <numeric>

#include "factorization/eigen.h"
#include "factorization/panels.h"
#include "factorization/require.h"

namespace tessera::factorization {
namespace {

void normalize_directions(Factorization& factorization) {
  auto maps = map(factorization.maps);
  auto directions = map(factorization.directions);
  for (int i = 0; i < factorization.atoms(); ++i) {
    const float length = directions.row(i).stableNorm();
    if (length > 0 && maps.col(i).cwiseAbs().maxCoeff() > 0) {
      directions.row(i) /= length;
      maps.col(i) *= length;
    } else {
      directions.row(i).setZero();
      maps.col(i).setZero();
    }
  }
}

}  // namespace

void finish(Factorization& factorization, MatrixView a) {
  normalize_directions(factorization);
  const int atoms = factorization.atoms();
  const auto values = map(a);
  const auto maps = map(factorization.maps);
  factorization.norm = norm(a);
  require_size(factorization.norm);
  factorization.explained.assign(std::size_t(atoms), 0);
  factorization.residual = 0;
  if (!(factorization.norm > 0)) return;

  // In shares of the norm, for squares of very large or small values leave float32; so does the share of a
  // norm that is itself below float32's normal numbers, of which `size` is left.
  const float unit = float(std::min(1 / factorization.norm, 0x1p126));
  const double size = unit * factorization.norm;
  double squared = 0;
  // A few positions at a time, for the bases of all channels or positions are large.
  constexpr int block = 32;
  const Panels spread = panels_of(factorization.directions, 1);
  Factor rows(std::min(block, a.rows), atoms), fit(rows.atoms, a.columns);
  Eigen::RowVectorXf left_over(a.columns);
  for (int start = 0; start < a.rows; start += block) {
    const int count = std::min(block, a.rows - start);
    for (int r = 0; r < count; ++r) std::ranges::copy(factorization.maps.row(start + r), rows.row(r));
    multiply(rows, spread, fit);
    for (int r = 0; r < count; ++r) {
      left_over =
          unit * (values.row(start + r) - Eigen::Map<const Eigen::RowVectorXf>(fit.row(r), a.columns));
      squared += left_over.squaredNorm();
    }
  }
  factorization.residual = std::sqrt(squared) / size;

  const Panels turned = panels_of_transposed(factorization.directions, 1);
  Factor part(std::min(block, a.rows), a.columns), along(part.atoms, atoms);
  for (int start = 0; start < a.rows; start += block) {
    const int count = std::min(block, a.rows - start);
    for (int r = 0; r < count; ++r) std::ranges::copy(a.row(start + r), part.row(r));
    multiply(part, turned, along);
    for (int r = 0; r < count; ++r)
      for (int i = 0; i < atoms; ++i)
        factorization.explained[std::size_t(i)] +=
            double(unit * along.row(r)[i]) * (unit * maps(start + r, i));
  }
  for (double& share : factorization.explained) share /= size * size;
}

Factorization by_explained(const Factorization& factorization) {
  std::vector<int> order(std::size_t(factorization.atoms()));
  std::iota(order.begin(), order.end(), 0);
  std::stable_sort(order.begin(), order.end(), [&](int one, int other) {
    return factorization.explained[std::size_t(one)] > factorization.explained[std::size_t(other)];
  });
  return reordered(factorization, order);
}

}  // namespace tessera::factorization
