#include "tessera/session/queries.h"

#include <algorithm>
#include <cmath>
#include <limits>
#include <numeric>
#include <utility>

namespace tessera::session {
namespace {

std::string key_of(const image::Fit& fit) {
  return std::to_string(fit.width) + 'x' + std::to_string(fit.height) + ',' + std::to_string(int(fit.rule)) +
         ',' + std::to_string(fit.crop_fraction);
}

}  // namespace

std::string OpenImage::key() const { return image.key(); }
std::string OpenModel::key() const { return model.key(); }
std::string NetworkView::key() const { return image.key() + '\n' + key_of(fit); }
std::string Classify::key() const { return model.key() + '\n' + image.key(); }
std::string Activations::key() const { return model.key() + '\n' + image.key() + '\n' + layer; }

std::size_t memory_cost(const LayerActivations& value) {
  return sizeof(value) + (value.cube ? memory_cost(*value.cube) : 0) + value.channel_mean.size() * 12;
}

LayerActivations summarize(std::shared_ptr<const Cube> cube) {
  LayerActivations made;
  const std::size_t channels = std::size_t(cube->channels);
  std::vector<double> sum(channels, 0.0);
  made.channel_maximum.assign(channels, -std::numeric_limits<float>::infinity());
  made.minimum = std::numeric_limits<float>::infinity();
  made.maximum = -made.minimum;
  for (std::size_t position = 0; position < cube->positions(); ++position) {
    const float* values = cube->values.data() + position * channels;
    for (std::size_t c = 0; c < channels; ++c) {
      if (!std::isfinite(values[c])) continue;
      sum[c] += values[c];
      made.channel_maximum[c] = std::max(made.channel_maximum[c], values[c]);
      made.minimum = std::min(made.minimum, values[c]);
      made.maximum = std::max(made.maximum, values[c]);
    }
  }
  if (made.minimum > made.maximum) made.minimum = made.maximum = 0;
  made.channel_mean.resize(channels);
  for (std::size_t c = 0; c < channels; ++c)
    made.channel_mean[c] = float(sum[c] / double(std::max<std::size_t>(1, cube->positions())));
  made.by_mean.resize(channels);
  std::iota(made.by_mean.begin(), made.by_mean.end(), 0);
  std::stable_sort(made.by_mean.begin(), made.by_mean.end(), [&](int a, int b) {
    return made.channel_mean[std::size_t(a)] > made.channel_mean[std::size_t(b)];
  });
  made.cube = std::move(cube);
  return made;
}

}  // namespace tessera::session
