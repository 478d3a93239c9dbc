#include <cmath>
#include <limits>
#include <memory>
#include <random>
#include <vector>

#include "gl_fixture.h"
#include "render/color_map.h"
#include "render/gl_textures.h"
#include "support/catch.h"

namespace tessera::test::heat_map_test {

using namespace tessera;
using namespace tessera::render;
using tessera::test::gl_or_skip;
using tessera::test::shader_folder;

namespace {

struct Pixels {
  int width;
  std::vector<std::uint8_t> rgba;
  Rgba at(int x, int y) const {
    const std::uint8_t* p = rgba.data() + (std::size_t(y) * std::size_t(width) + std::size_t(x)) * 4;
    return {{p[0], p[1], p[2]}, p[3]};
  }
};

Pixels content(const Atlas& atlas) {
  Pixels pixels{atlas.width(),
                std::vector<std::uint8_t>(std::size_t(atlas.width()) * std::size_t(atlas.height()) * 4)};
  glBindTexture(GL_TEXTURE_2D, GLuint(atlas.texture));
  glPixelStorei(GL_PACK_ALIGNMENT, 1);
  glGetTexImage(GL_TEXTURE_2D, 0, GL_RGBA, GL_UNSIGNED_BYTE, pixels.rgba.data());
  return pixels;
}

// Values that lie well inside the steps of a table of 256 colours over [-8, 8] and [0, 8], so that no
// driver's rounding can show.
std::shared_ptr<Cube> steps_cube(int height, int width, int channels) {
  auto cube = std::make_shared<Cube>(height, width, channels);
  std::mt19937 random(5);
  for (float& value : cube->values) value = float(int(random() % 33) - 16) / 2 + 0.004f;
  return cube;
}

// The texel that shows a position of a channel, and those of the border that repeat it.
void check_atlas(const Cube& cube, const Atlas& atlas, const ColorScale& scale) {
  const Pixels pixels = content(atlas);
  int wrong = 0;
  for (int c = 0; c < cube.channels; ++c) {
    float low = 0, high = 0;
    bool any = false;
    for (int i = 0; i < cube.height * cube.width; ++i) {
      const float value = cube.at(i / cube.width, i % cube.width, c);
      if (!std::isfinite(value)) continue;
      low = any ? std::min(low, value) : value;
      high = any ? std::max(high, value) : value;
      any = true;
    }
    const ColorScale own = scale.per_channel ? channel_scale(scale, low, high) : scale;
    const int left = (c % atlas.columns) * atlas.cell_width(),
              top = (c / atlas.columns) * atlas.cell_height();
    for (int y = 0; y < cube.height + 2 * Atlas::border; ++y)
      for (int x = 0; x < cube.width + 2 * Atlas::border; ++x) {
        const int from_y = std::clamp(y - Atlas::border, 0, cube.height - 1);
        const int from_x = std::clamp(x - Atlas::border, 0, cube.width - 1);
        const Rgba expected = color_of(cube.at(from_y, from_x, c), own);
        const Rgba found = pixels.at(left + x, top + y);
        wrong += found.color != expected.color || std::abs(int(found.alpha) - int(expected.alpha)) > 1;
      }
  }
  CHECK(wrong == 0);
}

}  // namespace

TEST_CASE("the graphics card colours every value as the table says", "[render]") {
  const auto gl = gl_or_skip();
  GlTextures textures(shader_folder());
  auto cube = steps_cube(5, 7, 23);
  cube->at(0, 0, 0) = std::numeric_limits<float>::quiet_NaN();
  cube->at(1, 2, 3) = std::numeric_limits<float>::infinity();
  cube->at(2, 1, 4) = -std::numeric_limits<float>::infinity();
  for (const ColorMap map : {ColorMap::sequential, ColorMap::diverging, ColorMap::neutral})
    for (const Ground ground : {Ground::light, Ground::dark})
      for (const bool per_channel : {false, true})
        for (const bool fade : {false, true}) {
          const ColorScale scale{map, ground,      map == ColorMap::sequential ? 0.0f : -8.0f,
                                 8,   per_channel, fade};
          INFO("map " << int(map) << " dark " << (ground == Ground::dark) << " own ranges " << per_channel
                      << " fade " << fade);
          check_atlas(*cube, textures.channels(cube, scale, Sampling::nearest), scale);
        }
}

TEST_CASE("the graphics card veils what the table veils", "[render]") {
  const auto gl = gl_or_skip();
  GlTextures textures(shader_folder());
  auto cube = steps_cube(5, 7, 23);
  cube->at(0, 0, 0) = std::numeric_limits<float>::quiet_NaN();
  for (const Ground ground : {Ground::light, Ground::dark})
    for (const bool per_channel : {false, true}) {
      const ColorScale scale{ColorMap::veil, ground, 0, 8, per_channel};
      INFO("dark " << (ground == Ground::dark) << " own ranges " << per_channel);
      check_atlas(*cube, textures.channels(cube, scale, Sampling::nearest), scale);
    }
}

TEST_CASE("cells without a channel are clear", "[render]") {
  const auto gl = gl_or_skip();
  GlTextures textures(shader_folder());
  const auto cube = steps_cube(3, 3, 5);
  const Atlas atlas = textures.channels(cube, {}, Sampling::nearest);
  REQUIRE(atlas.columns * atlas.rows > 5);
  const Pixels pixels = content(atlas);
  CHECK(pixels.at(atlas.width() - 1, atlas.height() - 1).alpha == 0);
}

TEST_CASE("a moving colour scale keeps the same few textures busy", "[render]") {
  const auto gl = gl_or_skip();
  GlTextures textures(shader_folder());
  const auto cube = steps_cube(6, 6, 10);
  std::size_t after_ten = 0;
  for (int frame = 0; frame < 100; ++frame) {
    const ColorScale scale{ColorMap::sequential, Ground::light, 0, 4 + float(frame)};
    check_atlas(*cube, textures.channels(cube, scale, Sampling::linear), scale);
    textures.end_frame();
    if (frame == 10) after_ten = textures.bytes();
  }
  CHECK(textures.bytes() == after_ten);
}

TEST_CASE("an atlas that is still on screen is not drawn over by another scale", "[render]") {
  const auto gl = gl_or_skip();
  GlTextures textures(shader_folder());
  const auto cube = steps_cube(4, 4, 8);
  const ColorScale steady{ColorMap::sequential, Ground::light, 0, 8};
  const Atlas first = textures.channels(cube, steady, Sampling::nearest);
  for (int frame = 0; frame < 20; ++frame) {
    const Atlas again = textures.channels(cube, steady, Sampling::nearest);
    CHECK(again.texture == first.texture);
    ColorScale moving = steady;
    moving.high = 9 + float(frame);
    CHECK(textures.channels(cube, moving, Sampling::nearest).texture != first.texture);
    textures.end_frame();
  }
  check_atlas(*cube, first, steady);
}

TEST_CASE("an atlas goes when nobody asks for it any more, and comes back right", "[render]") {
  const auto gl = gl_or_skip();
  GlTextures textures(shader_folder(), {.frames_kept = 3});
  const auto cube = steps_cube(4, 4, 8);
  const ColorScale scale{ColorMap::diverging, Ground::dark, -8, 8};
  textures.channels(cube, scale, Sampling::nearest);
  CHECK(cube.use_count() > 1);
  CHECK(textures.bytes() > 0);
  for (int frame = 0; frame < 6; ++frame) textures.end_frame();
  CHECK(cube.use_count() == 1);
  CHECK(textures.bytes() == 0);
  check_atlas(*cube, textures.channels(cube, scale, Sampling::nearest), scale);
}

TEST_CASE("the budget for atlases is kept, but not at the cost of what is on screen", "[render]") {
  const auto gl = gl_or_skip();
  GlTextures textures(shader_folder(), {.frames_kept = 100, .atlas_bytes = 100'000});
  std::vector<std::shared_ptr<Cube>> cubes;
  for (int i = 0; i < 12; ++i) {
    cubes.push_back(steps_cube(16, 16, 8));
    textures.channels(cubes.back(), {}, Sampling::nearest);
    textures.end_frame();
    CHECK(textures.bytes() <= 100'000);
  }
  CHECK(cubes.front().use_count() == 1);
  CHECK(cubes.back().use_count() > 1);
  for (const auto& cube : cubes) textures.channels(cube, {}, Sampling::nearest);
  textures.end_frame();
  for (const auto& cube : cubes) CHECK(cube.use_count() > 1);
}

TEST_CASE("a cube that is too large for a texture is shown reduced", "[render]") {
  const auto gl = gl_or_skip();
  GlTextures textures(shader_folder(), {.atlas = {128, 1u << 14}});
  auto cube = std::make_shared<Cube>(64, 64, 4);
  for (float& value : cube->values) value = 3;
  cube->at(0, 0, 1) = std::numeric_limits<float>::quiet_NaN();
  const ColorScale scale{ColorMap::sequential, Ground::light, 0, 4};
  const Atlas atlas = textures.channels(cube, scale, Sampling::nearest);
  REQUIRE(atlas.reduction > 1);
  const Pixels pixels = content(atlas);
  const auto first_texel = [&](int c) {
    return pixels.at((c % atlas.columns) * atlas.cell_width() + Atlas::border,
                     (c / atlas.columns) * atlas.cell_height() + Atlas::border);
  };
  CHECK(first_texel(0) == color_of(3, scale));
  CHECK(first_texel(1).color == not_finite_color());
}

TEST_CASE("a layer with too many channels for a texture is answered with none", "[render]") {
  const auto gl = gl_or_skip();
  GlTextures textures(shader_folder(), {.atlas = {64, 1u << 12}});
  CHECK(textures.channels(steps_cube(1, 1, 5000), {}, Sampling::nearest).texture == 0);
  CHECK(textures.channels(nullptr, {}, Sampling::nearest).texture == 0);
  CHECK(textures.channels(std::make_shared<Cube>(), {}, Sampling::nearest).texture == 0);
}

TEST_CASE("a colour bar shows the colours of its scale from low to high", "[render]") {
  const auto gl = gl_or_skip();
  GlTextures textures(shader_folder());
  const ColorScale scale{ColorMap::diverging, Ground::light, -2, 8, false, true};
  const TextureId bar = textures.color_bar(scale);
  CHECK(textures.color_bar(scale) == bar);
  std::vector<std::uint8_t> rgb(256 * 3);
  glBindTexture(GL_TEXTURE_2D, GLuint(bar));
  glPixelStorei(GL_PACK_ALIGNMENT, 1);
  glGetTexImage(GL_TEXTURE_2D, 0, GL_RGB, GL_UNSIGNED_BYTE, rgb.data());
  const auto at = [&](std::size_t i) { return Rgb{rgb[3 * i], rgb[3 * i + 1], rgb[3 * i + 2]}; };
  CHECK(at(0) == color_of(-2, scale).color);
  CHECK(at(51) == ground_color(Ground::light));
  CHECK(at(255) == color_of(8, scale).color);
}

}  // namespace tessera::test::heat_map_test
