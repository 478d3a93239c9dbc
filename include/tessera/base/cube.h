#pragma once

#include <cassert>
#include <cstddef>
#include <span>
#include <vector>

namespace tessera {

// One layer's values for one image: height x width x channels, row-major (channels last), float32.
// The common currency between the torch side and everything else.
struct Cube {
  int height = 0;
  int width = 0;
  int channels = 0;
  std::vector<float> values;  // size height * width * channels

  Cube() = default;
  Cube(int height_, int width_, int channels_)
      : height(height_), width(width_), channels(channels_), values(std::size_t(height_) * width_ * channels_) {}

  std::size_t positions() const { return std::size_t(height) * width; }

  std::size_t index(int y, int x, int c) const {
    assert(y >= 0 && y < height && x >= 0 && x < width && c >= 0 && c < channels);
    return (std::size_t(y) * width + x) * channels + c;
  }
  float at(int y, int x, int c) const { return values[index(y, x, c)]; }
  float& at(int y, int x, int c) { return values[index(y, x, c)]; }

  // The activation vector at a position: `channels` values.
  std::span<const float> position(int y, int x) const { return {values.data() + index(y, x, 0), std::size_t(channels)}; }
};

inline std::size_t memory_cost(const Cube& cube) { return sizeof(Cube) + cube.values.size() * sizeof(float); }

}  // namespace tessera
