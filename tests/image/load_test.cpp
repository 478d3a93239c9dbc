#include "tessera/image/load.h"

#include "image/pictures.h"
#include "support/catch.h"

namespace tessera::test::load_test {

using namespace tessera;
using test::largest_difference;
using test::picture;

namespace {

using Samples = std::vector<std::uint8_t>;

Samples grey(std::initializer_list<int> values) {
  Samples samples;
  for (const int value : values) samples.insert(samples.end(), 3, std::uint8_t(value));
  return samples;
}

Image grey_picture(int width, int height, std::uint8_t value) {
  Image flat(width, height);
  std::fill(flat.rgb.begin(), flat.rgb.end(), value);
  return flat;
}

}  // namespace

TEST_CASE("lossless formats give the same picture", "[image]") {
  const Image expected = picture("quadrants.png");
  REQUIRE((expected.width == 24 && expected.height == 16));
  CHECK(Samples(expected.pixel(0, 0), expected.pixel(0, 0) + 3) == Samples{255, 0, 0});
  CHECK(Samples(expected.pixel(23, 0), expected.pixel(23, 0) + 3) == Samples{0, 255, 0});
  CHECK(Samples(expected.pixel(0, 15), expected.pixel(0, 15) + 3) == Samples{0, 0, 255});
  for (const char* name : {"quadrants.bmp", "quadrants.gif", "quadrants.ppm", "quadrants_palette.png"}) {
    INFO(name);
    CHECK(largest_difference(picture(name), expected) == 0);
  }
}

TEST_CASE("JPEG is read, grey, progressive and subsampled too", "[image]") {
  const Image expected = picture("quadrants.png");
  CHECK(largest_difference(picture("orientation_1.jpg"), expected) <= 3);
  CHECK(largest_difference(picture("grey.jpg"), grey_picture(9, 7, 100)) <= 1);
  for (const char* name : {"quadrants_progressive.jpg", "quadrants_subsampled.jpg"}) {
    INFO(name);
    const Image decoded = picture(name);
    REQUIRE((decoded.width == 24 && decoded.height == 16));
    // Colours bleed where the quadrants meet, not at the corners.
    for (const auto& [x, y] : {std::pair(0, 0), std::pair(23, 0), std::pair(0, 15), std::pair(23, 15)})
      for (int c = 0; c < 3; ++c)
        CHECK(std::abs(int(decoded.pixel(x, y)[c]) - int(expected.pixel(x, y)[c])) <= 5);
  }
}

TEST_CASE("every EXIF orientation is made upright", "[image]") {
  const Image expected = picture("quadrants.png");
  for (int orientation = 1; orientation <= 8; ++orientation) {
    INFO(orientation);
    CHECK(largest_difference(picture("orientation_" + std::to_string(orientation) + ".jpg"), expected) <= 3);
  }
  CHECK(largest_difference(picture("orientation_6.png"), expected) == 0);
}

TEST_CASE("grey becomes RGB", "[image]") {
  CHECK(picture("grey.png").rgb == grey({0, 100, 255}));
  CHECK(picture("grey.pgm").rgb == grey({0, 100, 255}));
  CHECK(picture("grey_1_bit.png").rgb == grey({0, 255, 0}));
}

TEST_CASE("16 bits are rounded to 8", "[image]") {
  // 0x0080 is 0.498 of 255, 0x0081 0.502.
  CHECK(picture("grey_16_bit.png").rgb == grey({0, 0, 1, 255}));
  CHECK(picture("rgb_16_bit.png").rgb == Samples{18, 171, 255});
}

TEST_CASE("alpha is composited on white", "[image]") {
  CHECK(picture("grey_alpha.png").rgb == grey({100, 255, 177}));  // 100 * 128/255 + 255 * 127/255 = 177.2
  CHECK(picture("grey_alpha_16_bit.png").rgb == grey({177, 255}));
  CHECK(picture("rgba.png").rgb ==
        Samples{10, 20, 30, 206, 208, 210});  // a fifth of the colour, four of white
  CHECK(picture("rgba_16_bit.png").rgb == Samples{206, 208, 210});
}

TEST_CASE("a large picture is reduced while loading, keeping its proportions", "[image]") {
  image::LoadLimits limits;
  limits.longest_side = 45;
  const Image small = image::load(test::picture_file("scene.png"), limits);
  CHECK(small.width == 45);
  CHECK(small.height == 31);  // 61 / 2, rounded

  limits.longest_side = 90;
  CHECK(image::load(test::picture_file("scene.png"), limits) == picture("scene.png"));
}

TEST_CASE("an orientation is applied to a reduced picture as well", "[image]") {
  image::LoadLimits limits;
  limits.longest_side = 12;
  const Image upright = image::load(test::picture_file("orientation_6.png"), limits);
  CHECK(upright.width == 12);
  CHECK(upright.height == 8);
  CHECK(upright.pixel(11, 0)[1] > 250);
  CHECK(upright.pixel(11, 0)[0] < 5);
}

TEST_CASE("100 megapixels are read and reduced", "[image]") {
  const Image large = picture("hundred_megapixels.png");
  CHECK(large.width == 4096);
  CHECK(large.height == 2621);
  CHECK(std::count(large.rgb.begin(), large.rgb.end(), 0) == std::ptrdiff_t(large.rgb.size()));
}

}  // namespace tessera::test::load_test
