#include "tessera/featurevis/icon_quality.h"

#include <cmath>

namespace tessera::featurevis {
namespace {

// Chosen by looking at icons of EfficientNet-Lite0.
constexpr float least_deviation = .03f;
constexpr float most_clipped = .5f;

}  // namespace

Contrast measure_contrast(const Image& picture) {
  const std::size_t pixels = picture.rgb.size() / 3;
  if (pixels == 0) return {};
  double sum = 0;
  double squares = 0;
  std::size_t clipped = 0;
  for (std::size_t i = 0; i < pixels; ++i) {
    const std::uint8_t* pixel = picture.rgb.data() + 3 * i;
    const double luminance = (.2126 * pixel[0] + .7152 * pixel[1] + .0722 * pixel[2]) / 255;
    sum += luminance;
    squares += luminance * luminance;
    for (int k = 0; k < 3; ++k) clipped += pixel[k] <= 2 || pixel[k] >= 253;
  }
  const double mean = sum / double(pixels);
  return {float(std::sqrt(std::max(0.0, squares / double(pixels) - mean * mean))),
          float(double(clipped) / double(3 * pixels))};
}

Failure judge(const Contrast& contrast) {
  if (contrast.deviation < least_deviation) return Failure::grey;
  if (contrast.clipped > most_clipped) return Failure::saturated;
  return Failure::none;
}

Icon with_natural(Icon icon, float natural) {
  icon.quality.natural = natural;
  if (icon.quality.failure == Failure::none && icon.quality.peak < natural)
    icon.quality.failure = Failure::weak;
  return icon;
}

}  // namespace tessera::featurevis
