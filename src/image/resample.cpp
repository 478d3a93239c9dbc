#include "image/resample.h"

#include <Eigen/Core>
#include <algorithm>
#include <cstddef>
#include <vector>

namespace tessera::image {
namespace {

// Pixels are held as four floats (the fourth unused), so that one is one vector register.
using Pixel = Eigen::Array4f;
using Row = Eigen::Array4Xf;

void widen(const std::uint8_t* rgb, Row& row) {
  for (Eigen::Index x = 0; x < row.cols(); ++x, rgb += 3) row.col(x) = Pixel(rgb[0], rgb[1], rgb[2], 0);
}

// To whole numbers of 0 to 255. Negative values may round towards zero: they become 0 anyway.
template <typename Values>
auto rounded(const Values& values) {
  return (values + 0.5f).max(0.0f).min(255.0f).template cast<int>();
}

// `source` begins at source sample filter.begin().
void filter_across(const Row& source, const Filter& filter, Row& result) {
  for (int x = 0; x < filter.count(); ++x) {
    const auto weights = filter.weights(x);
    const Eigen::Index first = filter.first(x) - filter.begin();
    Pixel sum = Pixel::Zero();
    for (std::size_t k = 0; k < weights.size(); ++k) sum += weights[k] * source.col(first + Eigen::Index(k));
    result.col(x) = sum;
  }
  result = rounded(result).template cast<float>();
}

void narrow(const Row& row, std::uint8_t* rgb) {
  for (Eigen::Index x = 0; x < row.cols(); ++x, rgb += 3) {
    const Eigen::Array4i pixel = rounded(row.col(x));
    for (int c = 0; c < 3; ++c) rgb[c] = std::uint8_t(pixel[c]);
  }
}

}  // namespace

Image resample(const Axis& horizontal, const Axis& vertical, const RowSource& row) {
  Image result(horizontal.count, vertical.count);
  const Filter across(horizontal);
  const Filter down(vertical);

  Row source(4, across.end() - across.begin());
  Row sum(4, horizontal.count);
  // Source row y, filtered across, is at y modulo the number of rows that one wanted row needs at most.
  std::vector<Row> filtered(std::size_t(down.most_weights()), Row(4, horizontal.count));
  const auto place = [&](int y) -> Row& { return filtered[std::size_t(y) % filtered.size()]; };

  int next = down.begin();
  for (int y = 0; y < vertical.count; ++y) {
    const auto weights = down.weights(y);
    const int first = down.first(y);
    for (next = std::max(next, first); next < first + int(weights.size()); ++next) {
      widen(row(next) + std::size_t(across.begin()) * 3, source);
      filter_across(source, across, place(next));
    }
    sum.setZero();
    for (std::size_t k = 0; k < weights.size(); ++k) sum += weights[k] * place(first + int(k));
    narrow(sum, result.pixel(0, y));
  }
  return result;
}

}  // namespace tessera::image
