#include "image/filter.h"

#include <algorithm>
#include <cmath>

namespace tessera::image {
namespace {

double cubic(double x) {
  constexpr double a = -0.5;
  x = std::abs(x);
  if (x < 1) return ((a + 2) * x - (a + 3)) * x * x + 1;
  if (x < 2) return ((x - 5) * x + 8) * x * a - 4 * a;
  return 0;
}

}  // namespace

Filter::Filter(const Axis& axis) {
  const double step = axis.size / axis.scaled;  // source samples a scaled sample
  const double stretch = std::max(1.0, step);
  const double reach = 2 * stretch;
  taps_.reserve(std::size_t(axis.count));
  for (int i = 0; i < axis.count; ++i) {
    const double center = (axis.offset + i + 0.5) * step;
    const int begin = int(std::max(0.0, center - reach + 0.5));
    const int end = int(std::min(double(axis.size), center + reach + 0.5));
    Taps taps{axis.start + begin, weights_.size(), 0};
    double sum = 0;
    for (int k = begin; k < end; ++k) sum += cubic((k + 0.5 - center) / stretch);
    for (int k = begin; k < end; ++k) weights_.push_back(float(cubic((k + 0.5 - center) / stretch) / sum));
    taps.weights_end = weights_.size();
    taps_.push_back(taps);
  }
}

std::span<const float> Filter::weights(int wanted) const {
  const Taps& taps = taps_[std::size_t(wanted)];
  return std::span(weights_).subspan(taps.weights_begin, taps.weights_end - taps.weights_begin);
}

int Filter::most_weights() const {
  std::size_t most = 0;
  for (const Taps& taps : taps_) most = std::max(most, taps.weights_end - taps.weights_begin);
  return int(most);
}

}  // namespace tessera::image
