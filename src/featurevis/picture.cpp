#include "featurevis/picture.h"

#include <algorithm>
#include <cmath>

namespace tessera::featurevis {
namespace {

// Smoothly from 0 at .1 to 1 at .9. What is opaque all over stays so.
float shown(float opacity) {
  const float t = std::clamp((opacity - .1f) / .8f, 0.f, 1.f);
  return t * t * (3 - 2 * t);
}

}  // namespace

Image to_picture(const float* straight, int size) {
  Image picture(size, size);
  const std::size_t pixels = std::size_t(size) * std::size_t(size);
  for (std::size_t i = 0; i < pixels; ++i) {
    const float opacity = shown(straight[3 * pixels + i]);
    for (std::size_t k = 0; k < 3; ++k) {
      const float value = straight[k * pixels + i] * (.3f + .7f * opacity) + .7f * (1 - opacity);
      picture.rgb[3 * i + k] = std::uint8_t(std::lround(255 * std::clamp(value, 0.f, 1.f)));
    }
  }
  return picture;
}

}  // namespace tessera::featurevis
