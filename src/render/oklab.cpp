#include "render/oklab.h"

#include <algorithm>
#include <cmath>

namespace tessera::render {
namespace {

double to_linear(double encoded) {
  return encoded <= 0.04045 ? encoded / 12.92 : std::pow((encoded + 0.055) / 1.055, 2.4);
}

double from_linear(double linear) {
  return linear <= 0.0031308 ? linear * 12.92 : 1.055 * std::pow(linear, 1 / 2.4) - 0.055;
}

std::uint8_t to_byte(double linear) {
  return std::uint8_t(std::lround(255 * from_linear(std::clamp(linear, 0.0, 1.0))));
}

}  // namespace

LinearRgb to_linear(Rgb color) {
  return {to_linear(color.r / 255.0), to_linear(color.g / 255.0), to_linear(color.b / 255.0)};
}

Rgb from_linear(const LinearRgb& color) { return {to_byte(color[0]), to_byte(color[1]), to_byte(color[2])}; }

Oklab to_oklab(const LinearRgb& color) {
  const auto [r, g, b] = color;
  const double l = std::cbrt(0.4122214708 * r + 0.5363325363 * g + 0.0514459929 * b);
  const double m = std::cbrt(0.2119034982 * r + 0.6806995451 * g + 0.1073969566 * b);
  const double s = std::cbrt(0.0883024619 * r + 0.2817188376 * g + 0.6299787005 * b);
  return {0.2104542553 * l + 0.7936177850 * m - 0.0040720468 * s,
          1.9779984951 * l - 2.4285922050 * m + 0.4505937099 * s,
          0.0259040371 * l + 0.7827717662 * m - 0.8086757660 * s};
}

LinearRgb from_oklab(const Oklab& color) {
  const auto cube = [](double value) { return value * value * value; };
  const double l = cube(color.lightness + 0.3963377774 * color.a + 0.2158037573 * color.b);
  const double m = cube(color.lightness - 0.1055613458 * color.a - 0.0638541728 * color.b);
  const double s = cube(color.lightness - 0.0894841775 * color.a - 1.2914855480 * color.b);
  return {4.0767416621 * l - 3.3077115913 * m + 0.2309699292 * s,
          -1.2684380046 * l + 2.6097574011 * m - 0.3413193965 * s,
          -0.0041960863 * l - 0.7034186147 * m + 1.7076147010 * s};
}

double distance(const Oklab& one, const Oklab& other) {
  return std::hypot(one.lightness - other.lightness, one.a - other.a, one.b - other.b);
}

}  // namespace tessera::render
