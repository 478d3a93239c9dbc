#include "render/atlas_values.h"

#include <algorithm>
#include <cmath>
#include <limits>

namespace tessera::render {
namespace {

// One row of tiles' texels at a time, so that the cube is read in its own order.
void arrange_reduced(const Cube& cube, const Atlas& atlas, std::vector<float>& values, std::size_t stride) {
  std::vector<double> sums(std::size_t(atlas.tile_width) * std::size_t(cube.channels));
  for (int tile_y = 0; tile_y < atlas.tile_height; ++tile_y) {
    std::ranges::fill(sums, 0.0);
    const int first_y = tile_y * atlas.reduction, last_y = std::min(first_y + atlas.reduction, cube.height);
    for (int y = first_y; y < last_y; ++y)
      for (int x = 0; x < cube.width; ++x) {
        double* sum = sums.data() + std::size_t(x / atlas.reduction) * std::size_t(cube.channels);
        for (const float value : cube.position(y, x)) *sum++ += double(value);
      }
    for (int tile_x = 0; tile_x < atlas.tile_width; ++tile_x) {
      const int columns = std::min((tile_x + 1) * atlas.reduction, cube.width) - tile_x * atlas.reduction;
      const double count = double(columns) * double(last_y - first_y);
      for (int c = 0; c < cube.channels; ++c) {
        const double sum = sums[std::size_t(tile_x) * std::size_t(cube.channels) + std::size_t(c)];
        const std::size_t row = std::size_t((c / atlas.columns) * atlas.tile_height + tile_y);
        const std::size_t column = std::size_t((c % atlas.columns) * atlas.tile_width + tile_x);
        values[row * stride + column] =
            std::isfinite(sum) ? float(sum / count) : std::numeric_limits<float>::quiet_NaN();
      }
    }
  }
}

void arrange_whole(const Cube& cube, const Atlas& atlas, std::vector<float>& values, std::size_t stride) {
  for (int y = 0; y < cube.height; ++y)
    for (int x = 0; x < cube.width; ++x) {
      const std::span<const float> vector = cube.position(y, x);
      for (int row = 0; row < atlas.rows; ++row) {
        const int first = row * atlas.columns, last = std::min(first + atlas.columns, cube.channels);
        float* to = values.data() + std::size_t(row * atlas.tile_height + y) * stride + std::size_t(x);
        for (int c = first; c < last; ++c, to += atlas.tile_width) *to = vector[std::size_t(c)];
      }
    }
}

std::vector<float> channel_ranges(const Cube& cube, const Atlas& atlas) {
  constexpr float infinity = std::numeric_limits<float>::infinity();
  const std::size_t channels = std::size_t(cube.channels);
  std::vector<float> low(channels, infinity), high(channels, -infinity);
  for (std::size_t i = 0; i < cube.values.size(); i += channels)
    for (std::size_t c = 0; c < channels; ++c) {
      const float value = cube.values[i + c];
      if (!std::isfinite(value)) continue;
      low[c] = std::min(low[c], value);
      high[c] = std::max(high[c], value);
    }
  std::vector<float> ranges(std::size_t(atlas.columns) * std::size_t(atlas.rows) * 2);
  for (std::size_t c = 0; c < channels; ++c) {
    if (low[c] > high[c]) continue;
    ranges[2 * c] = low[c];
    ranges[2 * c + 1] = high[c];
  }
  return ranges;
}

}  // namespace

AtlasValues arrange(const Cube& cube, const Atlas& atlas) {
  AtlasValues arranged;
  const std::size_t stride = std::size_t(atlas.columns) * std::size_t(atlas.tile_width);
  arranged.values.resize(stride * std::size_t(atlas.rows) * std::size_t(atlas.tile_height));
  if (atlas.reduction == 1)
    arrange_whole(cube, atlas, arranged.values, stride);
  else
    arrange_reduced(cube, atlas, arranged.values, stride);
  arranged.ranges = channel_ranges(cube, atlas);
  return arranged;
}

}  // namespace tessera::render
