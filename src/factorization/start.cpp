#include "factorization/start.h"

#include <algorithm>
#include <cmath>
#include <limits>
#include <numeric>

#include "factorization/eigen.h"
#include "factorization/random.h"

namespace tessera::factorization {
namespace {

// The norm of the positive or the negative part of a row.
double part_norm(const float* values, int length, float sign) {
  double sum = 0;
  for (int i = 0; i < length; ++i) {
    const double part = std::max(0.0f, sign * values[i]);
    sum += part * part;
  }
  return std::sqrt(sum);
}

void set_part(float* to, const float* from, int length, float sign, double factor, float fill) {
  constexpr float negligible = 1e-6f;
  for (int i = 0; i < length; ++i) {
    const float value = float(factor) * std::max(0.0f, sign * from[i]);
    to[i] = value > negligible ? value : fill;
  }
}

// The atoms of a factorization that explain most, in their present order.
std::vector<int> strongest(const Factorization& factorization, int count) {
  std::vector<int> order(std::size_t(factorization.atoms()));
  std::iota(order.begin(), order.end(), 0);
  std::stable_sort(order.begin(), order.end(), [&](int one, int other) {
    return factorization.explained[std::size_t(one)] > factorization.explained[std::size_t(other)];
  });
  order.resize(std::size_t(std::min(count, factorization.atoms())));
  std::sort(order.begin(), order.end());
  return order;
}

// One atom from what is left over: alternating rank-one fits from the position with the largest remainder.
void add_atom(RowMajor& left_over, float* map_row, float* direction_row, bool signed_direction) {
  constexpr int steps = 3;
  const float lowest = signed_direction ? std::numeric_limits<float>::lowest() : 0.0f;
  Eigen::Index worst = 0;
  left_over.cwiseMax(lowest).rowwise().squaredNorm().maxCoeff(&worst);
  Eigen::RowVectorXf direction = left_over.row(worst);
  Eigen::VectorXf spread;
  for (int step = 0; step < steps; ++step) {
    direction = direction.cwiseMax(lowest);
    const float length = direction.squaredNorm();
    if (!(length > 0)) return;
    spread = ((left_over * direction.transpose()) / length).cwiseMax(0.0f);
    const float mass = spread.squaredNorm();
    if (!(mass > 0)) return;
    direction = (spread.transpose() * left_over) / mass;
  }
  direction = direction.cwiseMax(lowest);
  left_over.noalias() -= spread * direction;
  std::copy(spread.begin(), spread.end(), map_row);
  std::copy(direction.begin(), direction.end(), direction_row);
}

}  // namespace

Pair nndsvd(const Scaled& a, int atoms, const TruncatedSvd& svd, float fill) {
  Pair pair{Factor(atoms, a.positions), Factor(atoms, a.channels)};
  for (int t = 0; t < std::min(atoms, svd.left.atoms); ++t) {
    const float *left = svd.left.row(t), *right = svd.right.row(t);
    const double value = svd.values[std::size_t(t)];
    double weight[2], left_norm[2], right_norm[2];
    for (const int side : {0, 1}) {
      const float sign = side == 0 ? 1.0f : -1.0f;
      left_norm[side] = part_norm(left, a.positions, sign);
      right_norm[side] = part_norm(right, a.channels, sign);
      weight[side] = left_norm[side] * right_norm[side];
    }
    const int side = weight[0] >= weight[1] ? 0 : 1;
    const float sign = side == 0 ? 1.0f : -1.0f;
    const double scale = std::sqrt(value * weight[side]);
    set_part(pair.maps.row(t), left, a.positions, sign, weight[side] > 0 ? scale / left_norm[side] : 0, fill);
    set_part(pair.directions.row(t), right, a.channels, sign, weight[side] > 0 ? scale / right_norm[side] : 0,
             fill);
  }
  return pair;
}

Pair random_pair(const Scaled& a, int atoms, std::uint64_t seed) {
  Pair pair{Factor(atoms, a.positions), Factor(atoms, a.channels)};
  Random random(seed);
  const double typical = a.norm / std::sqrt(double(a.positions) * a.channels);
  const double size = std::sqrt(typical / atoms);
  for (int t = 0; t < atoms; ++t)
    for (int i = 0; i < a.positions; ++i) pair.maps.row(t)[i] = float(2 * size * random.uniform());
  for (int t = 0; t < atoms; ++t)
    for (int i = 0; i < a.channels; ++i) pair.directions.row(t)[i] = float(2 * size * random.uniform());
  return pair;
}

Pair continued(const Scaled& a, MatrixView original, int atoms, const Factorization& previous,
               bool signed_directions) {
  Pair pair{Factor(atoms, a.positions), Factor(atoms, a.channels)};
  const std::vector<int> kept = strongest(previous, atoms);
  RowMajor left_over = a.scale * map(original);
  int filled = 0;
  for (const int atom : kept) {
    // The magnitude shared between both sides, so that neither runs out of float32.
    const float length = map(previous.maps).col(atom).norm() * a.scale;
    const float root = std::sqrt(length);
    if (!(root > 0)) continue;
    float *map_row = pair.maps.row(filled), *direction_row = pair.directions.row(filled);
    for (int p = 0; p < a.positions; ++p)
      map_row[p] = std::max(0.0f, previous.maps.at(p, atom) * a.scale / root);
    for (int c = 0; c < a.channels; ++c) {
      const float value = previous.directions.at(atom, c) * root;
      direction_row[c] = signed_directions ? value : std::max(0.0f, value);
    }
    left_over.noalias() -= Eigen::Map<const Eigen::VectorXf>(map_row, a.positions) *
                           Eigen::Map<const Eigen::RowVectorXf>(direction_row, a.channels);
    ++filled;
  }
  for (; filled < atoms; ++filled)
    add_atom(left_over, pair.maps.row(filled), pair.directions.row(filled), signed_directions);
  return pair;
}

}  // namespace tessera::factorization
