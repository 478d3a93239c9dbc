#pragma once

#include <array>
#include <cstddef>
#include <cstdint>
#include <vector>

namespace tessera {

// A picture: 8-bit sRGB, three interleaved channels, row-major from the top left. Always opaque: alpha is composited
// and 16-bit samples are rounded to 8 bits where a file is read.
struct Image {
  int width = 0;
  int height = 0;
  std::vector<std::uint8_t> rgb;  // size width * height * 3

  Image() = default;
  Image(int width_, int height_) : width(width_), height(height_), rgb(std::size_t(width_) * height_ * 3) {}

  const std::uint8_t* pixel(int x, int y) const { return rgb.data() + (std::size_t(y) * width + x) * 3; }
  std::uint8_t* pixel(int x, int y) { return rgb.data() + (std::size_t(y) * width + x) * 3; }

  bool operator==(const Image&) const = default;
};

inline std::size_t memory_cost(const Image& image) { return sizeof(Image) + image.rgb.size(); }

}  // namespace tessera
