#include <algorithm>
#include <cmath>
#include <numeric>

#include "tessera/attribution/trust.h"
#include "tessera/base/error.h"

namespace tessera::attribution {
namespace {

void check_lengths(std::span<const float> a, std::span<const float> b) {
  if (a.size() != b.size())
    throw Error("lists of " + std::to_string(a.size()) + " and " + std::to_string(b.size()) +
                    " attributions cannot be compared",
                "trust", "Take the same atoms on both sides");
}

std::vector<double> ranks_of(std::span<const float> values) {
  std::vector<std::size_t> order(values.size());
  std::iota(order.begin(), order.end(), std::size_t(0));
  std::sort(order.begin(), order.end(), [&](std::size_t a, std::size_t b) { return values[a] < values[b]; });
  std::vector<double> ranks(values.size());
  for (std::size_t begin = 0; begin < order.size();) {
    std::size_t end = begin + 1;
    while (end < order.size() && values[order[end]] == values[order[begin]]) ++end;
    for (std::size_t i = begin; i < end; ++i) ranks[order[i]] = double(begin + end - 1) / 2;
    begin = end;
  }
  return ranks;
}

int sign(float value) { return (value > 0) - (value < 0); }

}  // namespace

std::optional<float> rank_correlation(std::span<const float> a, std::span<const float> b) {
  check_lengths(a, b);
  const std::vector<double> first = ranks_of(a), second = ranks_of(b);
  const double middle = (double(a.size()) - 1) / 2;
  double product = 0, first_square = 0, second_square = 0;
  for (std::size_t i = 0; i < first.size(); ++i) {
    product += (first[i] - middle) * (second[i] - middle);
    first_square += (first[i] - middle) * (first[i] - middle);
    second_square += (second[i] - middle) * (second[i] - middle);
  }
  if (first_square == 0 || second_square == 0) return {};
  return float(product / std::sqrt(first_square * second_square));
}

std::optional<float> sign_agreement(std::span<const float> a, std::span<const float> b) {
  check_lengths(a, b);
  if (a.empty()) return {};
  std::size_t same = 0;
  for (std::size_t i = 0; i < a.size(); ++i) same += sign(a[i]) == sign(b[i]);
  return float(same) / float(a.size());
}

Agreement agreement(std::span<const float> a, std::span<const float> b) {
  return {rank_correlation(a, b), sign_agreement(a, b)};
}

}  // namespace tessera::attribution
