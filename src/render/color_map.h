#pragma once

#include <array>
#include <cstdint>

#include "render/color_scale.h"
#include "render/oklab.h"

namespace tessera::render {

// From the lowest to the highest value. Diverging and neutral tables are symmetric in lightness about their
// middle, where two entries are exactly the ground: zero is never tinted.
using ColorTable = std::array<Rgb, 256>;

const ColorTable& color_table(ColorMap map, Ground ground);

// How opaque a veil is where it hides most: a picture beneath can still be made out.
inline constexpr float veil_opacity = 0.86f;

// What a value of zero looks like: the colour of the surface that heat maps lie on.
Rgb ground_color(Ground ground);

// What a value that is not finite looks like: a grey that is in no table.
Rgb not_finite_color();

struct Rgba {
  Rgb color;
  std::uint8_t alpha = 255;
  bool operator==(const Rgba&) const = default;
};

// The colour of one value, as shaders/heat_map.frag computes it for a whole cube. `scale.per_channel` is not
// looked at: put the channel's range into low and high.
Rgba color_of(float value, const ColorScale& scale);

// The range of one channel under `per_channel`, from its finite extremes.
ColorScale channel_scale(const ColorScale& scale, float minimum, float maximum);

}  // namespace tessera::render
