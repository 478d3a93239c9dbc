#include <algorithm>
#include <cmath>
#include <limits>
#include <numeric>
#include <utility>

#include "tessera/session/queries.h"

namespace tessera::session {
namespace {

// Channel indices by descending value; equal ones in their own order.
std::vector<int> descending(const std::vector<float>& values) {
  std::vector<int> order(values.size());
  std::iota(order.begin(), order.end(), 0);
  std::stable_sort(order.begin(), order.end(),
                   [&](int a, int b) { return values[std::size_t(a)] > values[std::size_t(b)]; });
  return order;
}

}  // namespace

std::size_t memory_cost(const LayerActivations& value) {
  return sizeof(value) + (value.cube ? memory_cost(*value.cube) : 0) + value.channel_mean.size() * 20;
}

LayerActivations summarize(std::shared_ptr<const Cube> cube) {
  LayerActivations made;
  const std::size_t channels = std::size_t(cube->channels);
  std::vector<double> sum(channels, 0.0);
  std::vector<double> squares(channels, 0.0);
  constexpr float infinity = std::numeric_limits<float>::infinity();
  made.channel_maximum.assign(channels, -infinity);
  made.minimum = infinity;
  made.maximum = -infinity;
  for (std::size_t position = 0; position < cube->positions(); ++position) {
    const float* values = cube->values.data() + position * channels;
    for (std::size_t c = 0; c < channels; ++c) {
      if (!std::isfinite(values[c])) continue;
      sum[c] += values[c];
      squares[c] += double(values[c]) * values[c];
      made.channel_maximum[c] = std::max(made.channel_maximum[c], values[c]);
      made.minimum = std::min(made.minimum, values[c]);
      made.maximum = std::max(made.maximum, values[c]);
    }
  }
  if (made.minimum > made.maximum) made.minimum = made.maximum = 0;
  made.channel_mean.resize(channels);
  made.channel_deviation.resize(channels);
  const double positions = double(std::max<std::size_t>(1, cube->positions()));
  for (std::size_t c = 0; c < channels; ++c) {
    const double mean = sum[c] / positions;
    made.channel_mean[c] = float(mean);
    made.channel_deviation[c] = float(std::sqrt(std::max(0.0, squares[c] / positions - mean * mean)));
  }
  made.by_mean = descending(made.channel_mean);
  made.by_deviation = descending(made.channel_deviation);
  made.cube = std::move(cube);
  return made;
}

}  // namespace tessera::session
