#include "render/reduce.h"

#include <algorithm>
#include <array>

namespace tessera::render {

int reduction_to_fit(const Image& image, int longest_side) {
  const int longest = std::max(image.width, image.height);
  return std::max(1, (longest + longest_side - 1) / longest_side);
}

Image reduced(const Image& image, int factor) {
  Image small((image.width + factor - 1) / factor, (image.height + factor - 1) / factor);
  for (int to_y = 0; to_y < small.height; ++to_y)
    for (int to_x = 0; to_x < small.width; ++to_x) {
      const int last_y = std::min((to_y + 1) * factor, image.height),
                last_x = std::min((to_x + 1) * factor, image.width);
      std::array<unsigned, 3> sum{};
      unsigned count = 0;
      for (int y = to_y * factor; y < last_y; ++y)
        for (int x = to_x * factor; x < last_x; ++x, ++count)
          for (std::size_t channel = 0; channel < 3; ++channel) sum[channel] += image.pixel(x, y)[channel];
      for (std::size_t channel = 0; channel < 3; ++channel)
        small.pixel(to_x, to_y)[channel] = std::uint8_t((sum[channel] + count / 2) / count);
    }
  return small;
}

}  // namespace tessera::render
