#include "render/color_map.h"

#include <algorithm>
#include <cmath>
#include <limits>

#include "color_vision.h"
#include "support/catch.h"

namespace tessera::test::color_map_test {

using namespace tessera::render;
using tessera::test::Approx;
using tessera::test::ColorVision;
using tessera::test::seen_by;

namespace {

constexpr Ground grounds[] = {Ground::light, Ground::dark};
constexpr ColorMap maps[] = {ColorMap::sequential, ColorMap::diverging, ColorMap::neutral};
constexpr float infinity = std::numeric_limits<float>::infinity();
constexpr float not_a_number = std::numeric_limits<float>::quiet_NaN();

double lightness(Rgb color) { return to_oklab(color).lightness; }
double difference(Rgb one, Rgb other) { return distance(to_oklab(one), to_oklab(other)); }

Oklab seen(ColorVision vision, Rgb color) { return to_oklab(seen_by(vision, to_linear(color))); }

}  // namespace

TEST_CASE("sRGB colours survive the way through the perceptual space", "[render]") {
  for (int r = 0; r < 256; r += 15)
    for (int g = 0; g < 256; g += 15)
      for (int b = 0; b < 256; b += 15) {
        const Rgb color{std::uint8_t(r), std::uint8_t(g), std::uint8_t(b)};
        REQUIRE(to_rgb(to_oklab(color)) == color);
      }
}

TEST_CASE("the perceptual space agrees with its published sample", "[render]") {
  const Oklab red = to_oklab(Rgb{255, 0, 0});
  CHECK(red.lightness == Approx(0.6280).margin(5e-4));
  CHECK(red.a == Approx(0.2249).margin(5e-4));
  CHECK(red.b == Approx(0.1258).margin(5e-4));
  CHECK(to_oklab(Rgb{255, 255, 255}).lightness == Approx(1.0).margin(1e-6));
}

TEST_CASE("a sequential map goes from the ground in even steps of lightness", "[render]") {
  for (const Ground ground : grounds) {
    const ColorTable& table = color_table(ColorMap::sequential, ground);
    const double first = lightness(table.front()), last = lightness(table.back());
    CHECK(table.front() == ground_color(ground));
    CHECK((ground == Ground::light ? first - last : last - first) > 0.6);
    for (std::size_t i = 0; i < 256; ++i)
      CHECK(lightness(table[i]) == Approx(first + (last - first) * double(i) / 255).margin(0.006));
    for (std::size_t i = 8; i < 256; ++i)
      CHECK((lightness(table[i]) < lightness(table[i - 8])) == (ground == Ground::light));
  }
}

TEST_CASE("a diverging map is neutral in the middle and equally strong to both sides", "[render]") {
  for (const Ground ground : grounds) {
    const ColorTable& table = color_table(ColorMap::diverging, ground);
    CHECK(table[127] == ground_color(ground));
    CHECK(table[128] == ground_color(ground));
    for (std::size_t i = 0; i < 128; ++i)
      CHECK(lightness(table[i]) == Approx(lightness(table[255 - i])).margin(0.006));
    CHECK(std::abs(lightness(table[0]) - lightness(table[127])) > 0.4);
  }
}

TEST_CASE("a neutral map says how strong, and not of which sign", "[render]") {
  for (const Ground ground : grounds) {
    const ColorTable& table = color_table(ColorMap::neutral, ground);
    CHECK(table[127] == ground_color(ground));
    CHECK(table[128] == ground_color(ground));
    for (std::size_t i = 0; i < 128; ++i) CHECK(table[i] == table[255 - i]);
    CHECK(std::abs(lightness(table[0]) - lightness(table[127])) > 0.25);
    for (const Rgb color : table) CHECK(std::hypot(to_oklab(color).a, to_oklab(color).b) < 0.004);
  }
  for (const float value : {0.5f, 2.0f, 9.0f})
    for (const bool fade : {false, true}) {
      const ColorScale scale{ColorMap::neutral, Ground::light, -4, 4, false, fade};
      CHECK(color_of(value, scale) == color_of(-value, scale));
      CHECK(color_of(value, scale).alpha ==
            color_of(value, {ColorMap::diverging, Ground::light, -4, 4, false, fade}).alpha);
    }
}

TEST_CASE("no colour of a map falls outside what a screen can show", "[render]") {
  // A clipped colour would show as a step that is out of line with its neighbours.
  for (const Ground ground : grounds)
    for (const ColorMap map : maps) {
      const ColorTable& table = color_table(map, ground);
      for (std::size_t i = 1; i < 256; ++i) CHECK(difference(table[i - 1], table[i]) < 0.02);
    }
}

TEST_CASE("plus and minus are told apart by colour-blind eyes", "[render]") {
  for (const Ground ground : grounds) {
    const ColorTable& table = color_table(ColorMap::diverging, ground);
    for (const auto vision : {ColorVision::full, ColorVision::protanopia, ColorVision::deuteranopia})
      for (std::size_t strength = 32; strength < 128; ++strength) {
        const double apart =
            distance(seen(vision, table[127 - strength]), seen(vision, table[128 + strength]));
        // 0.02 is what can just be told apart side by side.
        CHECK(apart > 0.08);
      }
  }
}

TEST_CASE("colour-blind eyes see a sequential map grow as well", "[render]") {
  for (const Ground ground : grounds) {
    const ColorTable& table = color_table(ColorMap::sequential, ground);
    for (const auto vision : {ColorVision::protanopia, ColorVision::deuteranopia})
      for (std::size_t i = 16; i < 256; ++i) {
        const double before = seen(vision, table[i - 16]).lightness, after = seen(vision, table[i]).lightness;
        CHECK((ground == Ground::light ? before - after : after - before) > 0.01);
      }
  }
}

TEST_CASE("the grey of values that are not finite is in no map", "[render]") {
  for (const Ground ground : grounds)
    for (const ColorMap map : maps)
      for (const Rgb color : color_table(map, ground)) CHECK(difference(color, not_finite_color()) > 0.05);
}

TEST_CASE("a value takes its place in the range, and the end colours beyond it", "[render]") {
  const ColorScale scale{ColorMap::sequential, Ground::light, 2, 4};
  const ColorTable& table = color_table(scale.map, scale.ground);
  CHECK(color_of(2, scale).color == table[0]);
  CHECK(color_of(3, scale).color == table[128]);
  CHECK(color_of(4, scale).color == table[255]);
  CHECK(color_of(-7, scale).color == table[0]);
  CHECK(color_of(99, scale).color == table[255]);
  CHECK(color_of(3, scale).alpha == 255);
}

TEST_CASE("zero stays neutral in a diverging range that leans to one side", "[render]") {
  const ColorScale scale{ColorMap::diverging, Ground::dark, -1, 4};
  const ColorTable& table = color_table(scale.map, scale.ground);
  CHECK(color_of(0, scale).color == ground_color(Ground::dark));
  CHECK(color_of(4, scale).color == table[255]);
  CHECK(color_of(-1, scale).color == table[96]);
  CHECK(color_of(-9, scale).color == table[96]);
}

TEST_CASE("an empty range shows the lowest colour", "[render]") {
  CHECK(color_of(5, {ColorMap::sequential, Ground::light, 5, 5}).color == ground_color(Ground::light));
  CHECK(color_of(0, {ColorMap::diverging, Ground::light, 0, 0}).color == ground_color(Ground::light));
}

TEST_CASE("values that are not finite are grey and opaque under every scale", "[render]") {
  for (const bool fade : {false, true})
    for (const float value : {infinity, -infinity, not_a_number})
      CHECK(color_of(value, {ColorMap::sequential, Ground::light, 0, 1, false, fade}) ==
            Rgba{not_finite_color(), 255});
}

TEST_CASE("fading makes strength opaque and zero clear", "[render]") {
  const ColorScale magnitude{ColorMap::sequential, Ground::light, 0, 2, false, true};
  CHECK(color_of(0, magnitude).alpha == 0);
  CHECK(color_of(1, magnitude).alpha == 128);
  CHECK(color_of(2, magnitude).alpha == 255);
  const ColorScale sign{ColorMap::diverging, Ground::light, -2, 2, false, true};
  CHECK(color_of(0, sign).alpha == 0);
  CHECK(color_of(-1, sign).alpha == 128);
  CHECK(color_of(-2, sign).alpha == 255);
}

TEST_CASE("a channel's own range starts at zero unless it goes below", "[render]") {
  const ColorScale magnitude{ColorMap::sequential, Ground::light, 0, 1, true};
  CHECK(channel_scale(magnitude, 0.5f, 3).low == 0);
  CHECK(channel_scale(magnitude, 0.5f, 3).high == 3);
  CHECK(channel_scale(magnitude, -2, 3).low == -2);
  const ColorScale sign{ColorMap::diverging, Ground::light, 0, 1, true};
  CHECK(channel_scale(sign, -5, 3).low == -5);
  CHECK(channel_scale(sign, -5, 3).high == 5);
}

TEST_CASE("a veil is the ground, clear where a value is high and never quite opaque", "[render]") {
  for (const Ground ground : {Ground::light, Ground::dark}) {
    const ColorScale veil{ColorMap::veil, ground, 0, 4};
    for (const float value : {-1.0f, 0.0f, 1.0f, 4.0f, 9.0f})
      CHECK(color_of(value, veil).color == ground_color(ground));
    CHECK(color_of(0, veil).alpha == int(veil_opacity * 255 + 0.5f));
    CHECK(color_of(-1, veil).alpha == color_of(0, veil).alpha);
    CHECK(color_of(2, veil).alpha == int(veil_opacity * 0.5f * 255 + 0.5f));
    CHECK(color_of(4, veil).alpha == 0);
    CHECK(color_of(9, veil).alpha == 0);
  }
}

}  // namespace tessera::test::color_map_test
