#include "render/offscreen.h"

#include <imgui.h>

#include <memory>

#include "gl_fixture.h"
#include "render/color_map.h"
#include "render/gl_textures.h"
#include "render/gui_context.h"
#include "render/gui_renderer.h"
#include "render/imgui_compat.h"
#include "support/catch.h"
#include "tessera/base/error.h"

namespace tessera::test::offscreen_test {

using namespace tessera;
using namespace tessera::render;
using tessera::test::gl_or_skip;
using tessera::test::shader_folder;

namespace {

Rgb pixel(const Image& image, int x, int y) {
  const std::uint8_t* p = image.pixel(x, y);
  return {p[0], p[1], p[2]};
}

// One frame of what `draw` adds to the background list of a window of the target's size.
template <class Draw>
Image drawn(OffscreenTarget& target, GuiRenderer& renderer, Draw draw) {
  ImGuiIO& io = ImGui::GetIO();
  io.DisplaySize = {float(target.width()), float(target.height())};
  io.DeltaTime = 1.0f / 60;
  renderer.new_frame();
  ImGui::NewFrame();
  draw(*ImGui::GetBackgroundDrawList());
  ImGui::Render();
  target.begin(1, 1, 1);
  renderer.draw();
  return target.read();
}

}  // namespace

TEST_CASE("a picture without a window begins in the colour that was asked for", "[render]") {
  const auto gl = gl_or_skip();
  INFO(gl->platform());
  OffscreenTarget target(13, 7);
  target.begin(1, 0, 0.2f);
  const Image image = target.read();
  REQUIRE(image.width == 13);
  REQUIRE(image.height == 7);
  CHECK(pixel(image, 0, 0) == Rgb{255, 0, 51});
  CHECK(pixel(image, 12, 6) == Rgb{255, 0, 51});
}

TEST_CASE("a picture without a window stands upright", "[render]") {
  const auto gl = gl_or_skip();
  const GuiContext gui;
  GuiRenderer renderer;
  OffscreenTarget target(40, 30);
  const Image image = drawn(target, renderer, [](ImDrawList& list) {
    list.AddRectFilled({0, 0}, {40, 10}, IM_COL32(10, 20, 30, 255));
    list.AddRectFilled({30, 10}, {40, 30}, IM_COL32(200, 100, 0, 255));
  });
  CHECK(pixel(image, 20, 5) == Rgb{10, 20, 30});
  CHECK(pixel(image, 20, 20) == Rgb{255, 255, 255});
  CHECK(pixel(image, 35, 29) == Rgb{200, 100, 0});
}

TEST_CASE("heat maps reach the picture in the table's own colours", "[render]") {
  const auto gl = gl_or_skip();
  const GuiContext gui;
  GuiRenderer renderer;
  GlTextures textures(shader_folder());
  OffscreenTarget target(240, 160);
  auto cube = std::make_shared<Cube>(4, 6, 5);
  for (std::size_t i = 0; i < cube->values.size(); ++i) cube->values[i] = float(i);
  const ColorScale scale{ColorMap::sequential, Ground::light, 0, float(cube->values.size() - 1)};
  // Every value is a block of 6 x 6 pixels; four tiles in a row.
  const auto corner = [](int channel) { return ImVec2{float(channel % 4 * 40), float(channel / 4 * 40)}; };
  for (const Sampling sampling : {Sampling::nearest, Sampling::linear}) {
    const Image image = drawn(target, renderer, [&](ImDrawList& list) {
      const Atlas atlas = textures.channels(cube, scale, sampling);
      for (int c = 0; c < cube->channels; ++c) {
        const TextureRegion region = atlas.region(c);
        const ImVec2 from = corner(c);
        list.AddImage(imgui_texture(atlas.texture), from, {from.x + 36, from.y + 24}, {region.u0, region.v0},
                      {region.u1, region.v1});
      }
    });
    int wrong = 0;
    for (int c = 0; c < cube->channels; ++c)
      for (int y = 0; y < cube->height; ++y)
        for (int x = 0; x < cube->width; ++x) {
          // The middle of a block, where linear sampling shows the value itself, within a step between
          // neighbours.
          const Rgb found = pixel(image, int(corner(c).x) + x * 6 + 3, int(corner(c).y) + y * 6 + 3);
          const Rgb expected = color_of(cube->at(y, x, c), scale).color;
          wrong += sampling == Sampling::nearest ? found != expected
                                                 : distance(to_oklab(found), to_oklab(expected)) > 0.15;
        }
    CHECK(wrong == 0);
  }
}

TEST_CASE("shrinking an atlas to a quarter mixes no neighbours in", "[render]") {
  const auto gl = gl_or_skip();
  const GuiContext gui;
  GuiRenderer renderer;
  GlTextures textures(shader_folder());
  OffscreenTarget target(64, 64);
  auto cube = std::make_shared<Cube>(27, 27, 9);
  for (std::size_t i = 0; i < cube->values.size(); ++i) cube->values[i] = i % 9 == 4 ? 0.0f : 1.0f;
  const Image image = drawn(target, renderer, [&](ImDrawList& list) {
    const Atlas atlas = textures.channels(cube, {}, Sampling::linear);
    const TextureRegion region = atlas.region(4);  // the one of zeros, amid ones
    list.AddImage(imgui_texture(atlas.texture), {8, 8}, {8 + 7, 8 + 7}, {region.u0, region.v0},
                  {region.u1, region.v1});
  });
  for (int y = 8; y < 15; ++y)
    for (int x = 8; x < 15; ++x) CHECK(pixel(image, x, y) == ground_color(Ground::light));
}

TEST_CASE("drawing heat maps leaves the target and its viewport alone", "[render]") {
  const auto gl = gl_or_skip();
  GlTextures textures(shader_folder());
  OffscreenTarget target(32, 32);
  target.begin(0, 1, 0);
  textures.channels(std::make_shared<Cube>(3, 3, 200), {}, Sampling::nearest);
  GLint viewport[4] = {};
  glGetIntegerv(GL_VIEWPORT, viewport);
  CHECK(viewport[2] == 32);
  glClearColor(0, 0, 1, 1);
  glClear(GL_COLOR_BUFFER_BIT);
  CHECK(pixel(target.read(), 16, 16) == Rgb{0, 0, 255});
}

TEST_CASE("a picture larger than the driver draws is refused with the limit", "[render]") {
  const auto gl = gl_or_skip();
  CHECK_THROWS_AS(OffscreenTarget(1 << 24, 10), Error);
  CHECK_THROWS_AS(OffscreenTarget(0, 10), Error);
}

TEST_CASE("contexts without a window come and go", "[render]") {
  const auto gl = gl_or_skip();
  for (int i = 0; i < 3; ++i) {
    const EglContext again;
    OffscreenTarget target(4, 4);
    target.begin(0, 0, 1);
    CHECK(pixel(target.read(), 1, 1) == Rgb{0, 0, 255});
  }
}

}  // namespace tessera::test::offscreen_test
