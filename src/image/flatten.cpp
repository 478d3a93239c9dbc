#include "image/flatten.h"

#include <algorithm>
#include <limits>

namespace tessera::image {
namespace {

template <typename Sample>
void flatten(const Sample* samples, int width, int channels, std::uint8_t* rgb) {
  constexpr std::uint32_t full = std::numeric_limits<Sample>::max();
  const bool is_grey = channels < 3;
  const bool has_alpha = channels % 2 == 0;
  for (int x = 0; x < width; ++x, samples += channels, rgb += 3) {
    const std::uint32_t alpha = has_alpha ? samples[channels - 1] : full;
    for (int c = 0; c < 3; ++c) {
      // At most 65535 * 65535 + 32767, which fits in 32 bits.
      const std::uint32_t value =
          (samples[is_grey ? 0 : c] * alpha + full * (full - alpha) + full / 2) / full;
      rgb[c] = std::uint8_t((value * 255 + full / 2) / full);
    }
  }
}

}  // namespace

void flatten_row(const Decoded& picture, int y, std::uint8_t* rgb) {
  if (!picture.is_16_bit && picture.channels == 3)  // nothing to do, and by far the commonest
    std::copy_n(picture.row<std::uint8_t>(y), std::size_t(picture.width) * 3, rgb);
  else if (picture.is_16_bit)
    flatten(picture.row<std::uint16_t>(y), picture.width, picture.channels, rgb);
  else
    flatten(picture.row<std::uint8_t>(y), picture.width, picture.channels, rgb);
}

}  // namespace tessera::image
