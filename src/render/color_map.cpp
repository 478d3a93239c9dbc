#include "render/color_map.h"

#include <algorithm>
#include <cmath>
#include <numbers>
#include <span>

namespace tessera::render {
namespace {

struct Tint {
  double chroma;
  double hue;  // degrees in the a-b plane
};

struct Ramp {
  double lightness;           // at the far end; it changes evenly from the ground's
  std::array<Tint, 4> tints;  // at a quarter, a half, three quarters and the end
};

struct GroundLook {
  Oklab color;
  Ramp magnitude;
  Ramp minus;
  Ramp plus;
  Ramp unsure;
};

// Plum for magnitude, because it is rare in photographs and can be taken for neither sign; blue and orange
// for minus and plus, the pair that every kind of colour vision tells apart. What is unsure is grey, and ends
// before the grey of what is not finite.
constexpr GroundLook light_look{{0.985, 0.0, 0.001},
                                {0.30, {{{0.058, 334}, {0.122, 326}, {0.140, 317}, {0.110, 304}}}},
                                {0.485, {{{0.058, 244}, {0.115, 250}, {0.145, 254}, {0.145, 256}}}},
                                {0.485, {{{0.062, 68}, {0.118, 62}, {0.132, 56}, {0.125, 50}}}},
                                {0.70, {}}};
constexpr GroundLook dark_look{{0.222, 0.0, 0.0},
                               {0.965, {{{0.100, 302}, {0.150, 328}, {0.100, 346}, {0.026, 0}}}},
                               {0.800, {{{0.070, 260}, {0.115, 256}, {0.125, 250}, {0.100, 245}}}},
                               {0.800, {{{0.065, 50}, {0.110, 58}, {0.135, 64}, {0.135, 68}}}},
                               {0.50, {}}};

const GroundLook& look_of(Ground ground) { return ground == Ground::light ? light_look : dark_look; }

Oklab at_tint(double lightness, Tint tint) {
  const double angle = tint.hue * std::numbers::pi / 180;
  return {lightness, tint.chroma * std::cos(angle), tint.chroma * std::sin(angle)};
}

// Catmull-Rom through evenly spaced values: smooth hue and chroma, so that no band shows where two controls
// meet.
double smooth(std::span<const double, 5> values, double t) {
  const double scaled = t * 4;
  const int segment = std::min(int(scaled), 3);
  const double u = scaled - segment;
  const auto value = [&](int i) {
    if (i < 0) return 2 * values[0] - values[1];
    if (i > 4) return 2 * values[4] - values[3];
    return values[std::size_t(i)];
  };
  const double before = value(segment - 1), from = value(segment), to = value(segment + 1),
               after = value(segment + 2);
  return from + u / 2 *
                    (to - before +
                     u * (2 * before - 5 * from + 4 * to - after + u * (3 * (from - to) + after - before)));
}

Oklab along(const Oklab& ground, const Ramp& ramp, double t) {
  std::array<double, 5> a{ground.a}, b{ground.b};
  for (std::size_t i = 0; i < 4; ++i) {
    const Oklab control = at_tint(0, ramp.tints[i]);
    a[i + 1] = control.a;
    b[i + 1] = control.b;
  }
  return {std::lerp(ground.lightness, ramp.lightness, t), smooth(a, t), smooth(b, t)};
}

ColorTable make_table(ColorMap map, const GroundLook& look) {
  ColorTable table;
  for (int i = 0; i < 256; ++i) {
    if (map == ColorMap::veil) {
      table[std::size_t(i)] = to_rgb(look.color);
    } else if (map == ColorMap::sequential) {
      table[std::size_t(i)] = to_rgb(along(look.color, look.magnitude, i / 255.0));
    } else {
      const bool negative = i < 128;
      const double magnitude = (negative ? 127 - i : i - 128) / 127.0;
      const Ramp& of_sign = negative ? look.minus : look.plus;
      table[std::size_t(i)] =
          to_rgb(along(look.color, map == ColorMap::neutral ? look.unsure : of_sign, magnitude));
    }
  }
  return table;
}

// Where a finite value lies in the table, in [0, 1].
float place(float value, const ColorScale& scale) {
  const float inside = std::max(scale.low, std::min(value, scale.high));
  if (scale.is_signed()) {
    const float reach = std::max(std::abs(scale.low), std::abs(scale.high));
    return reach > 0 ? 0.5f + 0.5f * (inside / reach) : 0.5f;
  }
  const float span = scale.high - scale.low;
  return span > 0 ? (inside - scale.low) / span : 0.0f;
}

}  // namespace

const ColorTable& color_table(ColorMap map, Ground ground) {
  static const std::array<ColorTable, 8> tables{
      make_table(ColorMap::sequential, light_look), make_table(ColorMap::sequential, dark_look),
      make_table(ColorMap::diverging, light_look),  make_table(ColorMap::diverging, dark_look),
      make_table(ColorMap::neutral, light_look),    make_table(ColorMap::neutral, dark_look),
      make_table(ColorMap::veil, light_look),       make_table(ColorMap::veil, dark_look)};
  return tables[std::size_t(map) * 2 + std::size_t(ground == Ground::dark)];
}

Rgb ground_color(Ground ground) { return to_rgb(look_of(ground).color); }

Rgb not_finite_color() { return {132, 132, 132}; }

Rgba color_of(float value, const ColorScale& scale) {
  if (!std::isfinite(value)) return {not_finite_color(), 255};
  const float t = place(value, scale);
  const float magnitude = scale.is_signed() ? std::abs(2 * t - 1) : t;
  if (scale.map == ColorMap::veil)
    return {ground_color(scale.ground), std::uint8_t(veil_opacity * (1 - t) * 255 + 0.5f)};
  return {color_table(scale.map, scale.ground)[std::size_t(t * 255 + 0.5f)],
          scale.fade ? std::uint8_t(magnitude * 255 + 0.5f) : std::uint8_t(255)};
}

ColorScale channel_scale(const ColorScale& scale, float minimum, float maximum) {
  ColorScale own = scale;
  own.per_channel = false;
  own.low = std::min(0.0f, minimum);
  own.high = maximum;
  if (scale.is_signed()) {
    own.high = std::max(std::abs(minimum), std::abs(maximum));
    own.low = -own.high;
  }
  return own;
}

}  // namespace tessera::render
