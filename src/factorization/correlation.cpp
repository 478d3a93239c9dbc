#include "tessera/factorization/correlation.h"

#include <algorithm>
#include <cmath>
#include <functional>
#include <string>

#include "factorization/average_onto.h"
#include "tessera/base/error.h"
#include "tessera/factorization/matching.h"

namespace tessera::factorization {
namespace {

// Averages of equal values differ in their last digits, at 1e-16; float32 itself resolves 6e-8.
constexpr double least_relative_range = 1e-12;

Eigen::Map<RowMajorDouble> as_matrix(std::vector<double>& values, Eigen::Index rows, Eigen::Index columns) {
  return {values.data(), rows, columns};
}

void require_channels(const ChannelSums& sums, const Cube& cube) {
  if (cube.positions() == 0 || cube.channels == 0) throw Error("an empty layer has nothing to correlate");
  if (!sums.first.empty() && sums.first.size() != std::size_t(cube.channels))
    throw Error("the layer has " + std::to_string(cube.channels) + " channels for this picture and had " +
                std::to_string(sums.first.size()) + " for the one before");
}

// Adds one picture's values and leaves in them what they differ by from the first.
void add_to(ChannelSums& sums, RowMajorDouble& values) {
  const std::size_t channels = std::size_t(values.cols());
  if (sums.first.empty()) {
    sums.first.assign(values.row(0).begin(), values.row(0).end());
    sums.sum.assign(channels, 0);
    sums.squares.assign(channels, 0);
    sums.least = sums.greatest = sums.first;
  }
  for (std::size_t c = 0; c < channels; ++c) {
    auto column = values.col(Eigen::Index(c));
    sums.least[c] = std::min(sums.least[c], column.minCoeff());
    sums.greatest[c] = std::max(sums.greatest[c], column.maxCoeff());
    column.array() -= sums.first[c];
    sums.sum[c] += column.sum();
    sums.squares[c] += column.squaredNorm();
  }
}

std::vector<int> constant_channels(const ChannelSums& sums) {
  std::vector<int> constant;
  for (std::size_t c = 0; c < sums.first.size(); ++c) {
    const double size = std::max(std::abs(sums.least[c]), std::abs(sums.greatest[c]));
    if (sums.greatest[c] - sums.least[c] <= least_relative_range * size) constant.push_back(int(c));
  }
  return constant;
}

// Standard deviations times the root of the number of positions; 0 for constant channels.
std::vector<double> spreads(const ChannelSums& sums, const std::vector<int>& constant, double positions) {
  std::vector<double> spread(sums.first.size());
  for (std::size_t c = 0; c < spread.size(); ++c)
    spread[c] = std::sqrt(std::max(0.0, sums.squares[c] - sums.sum[c] * sums.sum[c] / positions));
  for (const int c : constant) spread[std::size_t(c)] = 0;
  return spread;
}

}  // namespace

std::size_t memory_cost(const MatchedChannels& value) {
  return sizeof(value) + memory_cost(value.correlations) + value.pairs.size() * sizeof(ChannelPair) +
         (value.constant_one.size() + value.constant_other.size()) * sizeof(int);
}

void ChannelCorrelation::add(const Cube& one, const Cube& other) {
  require_channels(one_, one);
  require_channels(other_, other);
  require_finite(one, "the first layer");
  require_finite(other, "the second layer");
  const int height = std::min(one.height, other.height);
  const int width = std::min(one.width, other.width);
  RowMajorDouble first = average_onto(one, height, width);
  RowMajorDouble second = average_onto(other, height, width);
  add_to(one_, first);
  add_to(other_, second);
  products_.resize(std::size_t(one.channels) * std::size_t(other.channels), 0);
  as_matrix(products_, one.channels, other.channels).noalias() += first.transpose() * second;
  positions_ += std::size_t(height) * std::size_t(width);
}

MatchedChannels ChannelCorrelation::matched() const {
  if (positions_ == 0) throw Error("there are no pictures to correlate channels over");
  MatchedChannels found;
  found.positions = positions_;
  found.constant_one = constant_channels(one_);
  found.constant_other = constant_channels(other_);
  const double positions = double(positions_);
  const std::vector<double> spread = spreads(one_, found.constant_one, positions);
  const std::vector<double> other_spread = spreads(other_, found.constant_other, positions);
  found.correlations = Matrix(int(spread.size()), int(other_spread.size()));
  for (std::size_t i = 0; i < spread.size(); ++i)
    for (std::size_t j = 0; j < other_spread.size(); ++j) {
      if (spread[i] == 0 || other_spread[j] == 0) continue;
      const double together =
          products_[i * other_spread.size() + j] - one_.sum[i] * other_.sum[j] / positions;
      found.correlations.at(int(i), int(j)) =
          float(std::clamp(together / (spread[i] * other_spread[j]), -1.0, 1.0));
    }
  const std::vector<int> assigned = best_assignment(found.correlations);
  for (std::size_t i = 0; i < assigned.size(); ++i)
    if (assigned[i] >= 0)
      found.pairs.push_back({int(i), assigned[i], found.correlations.at(int(i), assigned[i])});
  std::ranges::stable_sort(found.pairs, std::greater{}, &ChannelPair::correlation);
  return found;
}

}  // namespace tessera::factorization
