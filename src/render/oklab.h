#pragma once

#include <array>
#include <cstdint>

namespace tessera::render {

// 8-bit sRGB.
struct Rgb {
  std::uint8_t r = 0, g = 0, b = 0;
  bool operator==(const Rgb&) const = default;
};

// Linear light, 0…1 inside the sRGB gamut.
using LinearRgb = std::array<double, 3>;

// Ottosson's perceptual space (2020, "A perceptual color space for image processing"): lightness 0…1, and two
// opponent axes (a: green to red, b: blue to yellow). Equal distances look about equally different.
struct Oklab {
  double lightness = 0;
  double a = 0;
  double b = 0;
};

LinearRgb to_linear(Rgb color);
Rgb from_linear(const LinearRgb& color);  // outside the gamut: the nearest value of each channel

Oklab to_oklab(const LinearRgb& color);
LinearRgb from_oklab(const Oklab& color);

inline Oklab to_oklab(Rgb color) { return to_oklab(to_linear(color)); }
inline Rgb to_rgb(const Oklab& color) { return from_linear(from_oklab(color)); }

double distance(const Oklab& one,
                const Oklab& other);  // Euclidean: 0.02 is about what the eye can tell apart

}  // namespace tessera::render
