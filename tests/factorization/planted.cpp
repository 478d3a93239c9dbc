#include "factorization/planted.h"

#include <algorithm>
#include <cmath>
#include <random>

#include "tessera/factorization/matching.h"

namespace tessera::test {

using namespace factorization;

Matrix random_matrix(int rows, int columns, unsigned seed, float low, float high) {
  std::mt19937 engine(seed);
  Matrix matrix(rows, columns);
  for (float& value : matrix.values) value = low + (high - low) * float(engine() >> 8) * 0x1p-24f;
  return matrix;
}

Matrix product(const Matrix& left, const Matrix& right) {
  Matrix result(left.rows, right.columns);
  for (int r = 0; r < left.rows; ++r)
    for (int c = 0; c < right.columns; ++c) {
      double sum = 0;
      for (int i = 0; i < left.columns; ++i) sum += double(left.at(r, i)) * right.at(i, c);
      result.at(r, c) = float(sum);
    }
  return result;
}

Planted planted(int positions, int channels, int k, unsigned seed) {
  Planted truth{random_matrix(positions, k, seed), random_matrix(k, channels, seed + 1), {}};
  for (int p = 0; p < positions; ++p)
    for (int i = 0; i < k; ++i)
      if (p % (2 * k) < k && p % k != i) truth.maps.at(p, i) = 0;
  for (int c = 0; c < channels; ++c)
    for (int i = 0; i < k; ++i)
      if (c % (2 * k) < k && c % k != i) truth.directions.at(i, c) = 0;
  truth.values = product(truth.maps, truth.directions);
  return truth;
}

double relative_difference(MatrixView a, MatrixView b) {
  double difference = 0, size = 0;
  for (std::size_t i = 0; i < b.size(); ++i) {
    const double d = double(a.values()[i]) - b.values()[i];
    difference += d * d;
    size += double(b.values()[i]) * b.values()[i];
  }
  return std::sqrt(difference / size);
}

Factorization as_factorization(const Matrix& maps, const Matrix& directions) {
  Factorization result;
  result.maps = maps;
  result.directions = directions;
  return result;
}

double least_matched_cosine(const Factorization& one, const Factorization& other) {
  const Matrix gain = cosines(one, other, Likeness::groups);
  const std::vector<int> assigned = best_assignment(gain);
  double least = 1;
  for (std::size_t i = 0; i < assigned.size(); ++i)
    least = std::min(least, assigned[i] < 0 ? 0.0 : double(gain.at(int(i), assigned[i])));
  return least;
}

}  // namespace tessera::test
