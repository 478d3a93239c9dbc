#pragma once

namespace tessera::render {

enum class ColorMap {
  sequential,  // magnitude from zero: the page's own ground to one dark hue (light theme), or to one bright
               // hue (dark)
  diverging,   // signed, zero in the middle: the colour-blind-safe pair that stands for minus and plus
               // everywhere
  neutral,  // as diverging, in faint greys, the same to both sides: how strong a value may be, when its sign
            // is not sure
  veil      // the ground alone, clear where the value is `high` and nearly opaque where it is `low`: laid
            // over a picture, it leaves what a detector fires on
};

enum class Ground { light, dark };  // the theme the map must read well on

// How a value becomes a colour. Values outside [low, high] take the end colours; a value that is not finite
// is drawn in a grey that no map contains. A diverging or neutral map spans the larger of |low| and |high| to
// both sides, so that zero keeps the neutral colour and equal strengths look equally strong whatever the
// range.
struct ColorScale {
  ColorMap map = ColorMap::sequential;
  Ground ground = Ground::light;
  float low = 0;
  float high = 1;
  // Every channel on its own range instead of [low, high]: [min(0, its minimum), its maximum], symmetric if
  // zero is in the middle of the map.
  bool per_channel = false;
  // Opacity grows with the value (with |value| where zero is in the middle) instead of being 1: for laying
  // over a picture. Not looked at for a veil.
  bool fade = false;

  bool operator==(const ColorScale&) const = default;

  bool is_signed() const { return map == ColorMap::diverging || map == ColorMap::neutral; }
};

}  // namespace tessera::render
