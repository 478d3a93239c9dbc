#include "render/gl_textures.h"

#include <memory>

#include "gl_fixture.h"
#include "render/reduce.h"
#include "support/catch.h"
#include "support/temporary_folder.h"
#include "tessera/base/error.h"

namespace tessera::test::gl_textures_test {

using namespace tessera;
using namespace tessera::render;
using tessera::test::gl_or_skip;
using tessera::test::shader_folder;

namespace {

std::shared_ptr<Image> gradient(int width, int height) {
  auto image = std::make_shared<Image>(width, height);
  for (int y = 0; y < height; ++y)
    for (int x = 0; x < width; ++x) {
      image->pixel(x, y)[0] = std::uint8_t(x);
      image->pixel(x, y)[1] = std::uint8_t(y);
      image->pixel(x, y)[2] = 77;
    }
  return image;
}

Image content(TextureId texture, int width, int height) {
  Image image(width, height);
  glBindTexture(GL_TEXTURE_2D, GLuint(texture));
  glPixelStorei(GL_PACK_ALIGNMENT, 1);
  glGetTexImage(GL_TEXTURE_2D, 0, GL_RGB, GL_UNSIGNED_BYTE, image.rgb.data());
  return image;
}

}  // namespace

TEST_CASE("a picture of odd width reaches the graphics card as it is, once", "[render]") {
  const auto gl = gl_or_skip();
  GlTextures textures(shader_folder());
  const auto image = gradient(37, 11);
  const TextureId texture = textures.picture(image, Sampling::linear);
  REQUIRE(texture != 0);
  CHECK(content(texture, 37, 11) == *image);
  textures.end_frame();
  CHECK(textures.picture(image, Sampling::linear) == texture);
}

TEST_CASE("two pictures alike are still two pictures", "[render]") {
  const auto gl = gl_or_skip();
  GlTextures textures(shader_folder());
  const auto one = gradient(8, 8), other = gradient(8, 8);
  CHECK(textures.picture(one, Sampling::linear) != textures.picture(other, Sampling::linear));
}

TEST_CASE("an empty picture has no texture", "[render]") {
  const auto gl = gl_or_skip();
  GlTextures textures(shader_folder());
  CHECK(textures.picture(nullptr, Sampling::linear) == 0);
  CHECK(textures.picture(std::make_shared<Image>(), Sampling::linear) == 0);
}

TEST_CASE("a picture goes when nobody asks for it any more", "[render]") {
  const auto gl = gl_or_skip();
  GlTextures textures(shader_folder(), {.frames_kept = 2});
  const auto image = gradient(8, 8);
  textures.picture(image, Sampling::nearest);
  for (int frame = 0; frame < 3; ++frame) textures.end_frame();
  CHECK(image.use_count() == 2);
  textures.end_frame();
  CHECK(image.use_count() == 1);
}

TEST_CASE("missing shaders are named", "[render]") {
  const auto gl = gl_or_skip();
  const test::TemporaryFolder empty;
  try {
    const GlTextures textures(empty.path());
    FAIL("no error");
  } catch (const Error& error) {
    CHECK(error.where().find("heat_map.vert") != std::string::npos);
  }
}

TEST_CASE("a picture is reduced to the mean of whole blocks", "[render]") {
  Image image(5, 3);
  for (std::size_t i = 0; i < image.rgb.size(); ++i) image.rgb[i] = std::uint8_t(i);
  CHECK(reduction_to_fit(image, 5) == 1);
  CHECK(reduction_to_fit(image, 4) == 2);
  const Image small = reduced(image, 2);
  REQUIRE(small.width == 3);
  REQUIRE(small.height == 2);
  CHECK(int(small.pixel(0, 0)[0]) == (0 + 3 + 15 + 18) / 4);
  CHECK(int(small.pixel(2, 1)[1]) == int(image.pixel(4, 2)[1]));
}

}  // namespace tessera::test::gl_textures_test
