#include "factorization/weighting.h"

#include <cmath>
#include <string>

#include "factorization/eigen.h"
#include "tessera/base/error.h"

namespace tessera::factorization {
namespace {

std::vector<float> roots(const std::vector<float>& weights, int expected, const char* of) {
  if (!weights.empty() && int(weights.size()) != expected)
    throw Error("there are " + std::to_string(weights.size()) + " weights for " + std::to_string(expected) +
                " " + of);
  std::vector<float> result;
  for (const float weight : weights) {
    if (!(weight >= 0) || !std::isfinite(weight))
      throw Error(std::string("a weight of ") + of + " is negative or not a number");
    result.push_back(std::sqrt(weight));
  }
  return result;
}

}  // namespace

Weighting::Weighting(const std::vector<float>& rows, const std::vector<float>& columns, MatrixView a)
    : rows_(roots(rows, a.rows, "positions")), columns_(roots(columns, a.columns, "channels")) {}

Matrix Weighting::apply(MatrixView a) const {
  Matrix weighted(a.rows, a.columns);
  for (int r = 0; r < a.rows; ++r)
    for (int c = 0; c < a.columns; ++c)
      weighted.at(r, c) = a.at(r, c) * (rows_.empty() ? 1 : rows_[std::size_t(r)]) *
                          (columns_.empty() ? 1 : columns_[std::size_t(c)]);
  return weighted;
}

void Weighting::undo(Factorization& factorization) const {
  const auto without = [](float value, float weight) { return weight > 0 ? value / weight : 0.0f; };
  Matrix &maps = factorization.maps, &directions = factorization.directions;
  for (std::size_t p = 0; p < rows_.size(); ++p)
    for (float& value : maps.row(int(p))) value = without(value, rows_[p]);
  for (int i = 0; i < factorization.atoms(); ++i) {
    for (std::size_t c = 0; c < columns_.size(); ++c)
      directions.at(i, int(c)) = without(directions.at(i, int(c)), columns_[c]);
    const float length = map(directions).row(i).stableNorm();
    if (!(length > 0)) continue;
    map(directions).row(i) /= length;
    map(maps).col(i) *= length;
  }
}

}  // namespace tessera::factorization
