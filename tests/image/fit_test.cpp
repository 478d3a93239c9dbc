#include "tessera/image/fit.h"

#include "image/pictures.h"
#include "support/catch.h"
#include "tessera/base/error.h"

namespace tessera::test::fit_test {

using namespace tessera;
using image::fit;
using image::Fit;
using image::FitRule;
using test::Approx;
using test::largest_difference;
using test::picture;

namespace {

void check_region(const image::Region& region, double x, double y, double width, double height) {
  CHECK(region.x == Approx(x));
  CHECK(region.y == Approx(y));
  CHECK(region.width == Approx(width));
  CHECK(region.height == Approx(height));
}

// 60 x 20: black but for one red pixel.
Image with_dot(int x, int y) {
  Image picture(60, 20);
  picture.pixel(x, y)[0] = 255;
  return picture;
}

}  // namespace

TEST_CASE("resampling agrees with Pillow's bicubic filter", "[image]") {
  const Image scene = picture("scene.png");
  CHECK(largest_difference(fit(scene, {24, 24}).image, picture("scene_crop_24x24.png")) <= 1);
  CHECK(largest_difference(fit(scene, {33, 50, FitRule::stretch}).image,
                           picture("scene_stretch_33x50.png")) <= 1);
  CHECK(largest_difference(fit(scene, {140, 100, FitRule::stretch}).image,
                           picture("scene_stretch_140x100.png")) <= 1);
  CHECK(largest_difference(fit(scene, {40, 40, FitRule::letterbox}).image,
                           picture("scene_letterbox_40x40.png")) <= 1);
  CHECK(largest_difference(fit(scene, {28, 28, FitRule::center_crop, 0.875}).image,
                           picture("scene_crop_28of32.png")) <= 1);
}

TEST_CASE("the reference inputs are reproduced from the bundled pictures", "[image]") {
  for (const std::string name : {"chelsea", "coffee", "astronaut"}) {
    const auto expected = test::reference("efficientnet_lite0/" + name + ".png");
    INFO(name);
    const Image original = image::load(test::bundled_image(name + ".png"));
    CHECK(largest_difference(fit(original, {224, 224}).image, image::load(expected)) <= 1);
  }
}

TEST_CASE("a picture of the wanted size is left as it is, whatever the rule", "[image]") {
  const Image scene = picture("scene.png");
  for (const FitRule rule : {FitRule::center_crop, FitRule::letterbox, FitRule::stretch}) {
    const image::Fitted fitted = fit(scene, {90, 61, rule, 0.5});
    CHECK(fitted.image == scene);
    check_region(fitted.region, 0, 0, 90, 61);
  }
}

TEST_CASE("the region tells what of the picture is shown", "[image]") {
  const Image wide(60, 20);
  const Image high(20, 60);
  check_region(fit(wide, {10, 10}).region, 20, 0, 20, 20);
  check_region(fit(high, {10, 10}).region, 0, 20, 20, 20);
  check_region(fit(wide, {20, 10}).region, 10, 0, 40, 20);
  check_region(fit(wide, {10, 10, FitRule::stretch}).region, 0, 0, 60, 20);
  check_region(fit(wide, {30, 30, FitRule::letterbox}).region, 0, -20, 60, 60);
  check_region(fit(high, {30, 30, FitRule::letterbox}).region, -20, 0, 60, 60);
  // Scaled to 20 x 20 of which the middle 10 x 10 is cut out.
  check_region(fit(wide, {10, 10, FitRule::center_crop, 0.5}).region, 25, 5, 10, 10);
  // An odd number of pixels too many: the smaller half is cut off on the left.
  check_region(fit(Image(61, 20), {10, 10}).region, 20, 0, 20, 20);
}

TEST_CASE("a pixel of the picture is found where the region says", "[image]") {
  const auto [x, y] = GENERATE(std::pair(25, 7), std::pair(30, 10), std::pair(34, 13));
  const auto wanted = GENERATE(Fit{40, 40}, Fit{80, 60, FitRule::center_crop, 0.8},
                               Fit{90, 90, FitRule::letterbox}, Fit{37, 91, FitRule::stretch});
  const image::Fitted fitted = fit(with_dot(x, y), wanted);
  const int fitted_x = int((x + 0.5 - fitted.region.x) / fitted.region.width * wanted.width);
  const int fitted_y = int((y + 0.5 - fitted.region.y) / fitted.region.height * wanted.height);
  REQUIRE((fitted_x >= 0 && fitted_x < wanted.width && fitted_y >= 0 && fitted_y < wanted.height));
  int brightest = 0;
  for (int j = 0; j < wanted.height; ++j)
    for (int i = 0; i < wanted.width; ++i)
      // The frame of a letterbox is grey.
      if (const auto* pixel = fitted.image.pixel(i, j); pixel[1] != 128)
        brightest = std::max(brightest, int(pixel[0]));
  CHECK(fitted.image.pixel(fitted_x, fitted_y)[0] == brightest);
}

TEST_CASE("extreme shapes keep at least a pixel", "[image]") {
  const image::Fitted line = fit(Image(5000, 1), {10, 10, FitRule::letterbox});
  CHECK(line.image.pixel(5, 4)[0] == 0);
  CHECK(line.image.pixel(5, 5)[0] == 128);
  CHECK(fit(Image(1, 5000), {10, 10}).image.width == 10);
  CHECK(fit(Image(1, 1), {300, 2}).image.width == 300);
  CHECK(fit(Image(3, 3), {1, 1}).image.height == 1);
}

TEST_CASE("shrinking a flat picture leaves it flat", "[image]") {
  Image flat(301, 203);
  std::fill(flat.rgb.begin(), flat.rgb.end(), std::uint8_t(77));
  const Image small = fit(flat, {31, 17, FitRule::stretch}).image;
  CHECK(std::count(small.rgb.begin(), small.rgb.end(), 77) == std::ptrdiff_t(small.rgb.size()));
}

TEST_CASE("fits that make no sense are refused", "[image]") {
  CHECK_THROWS_AS(fit(Image(), {}), Error);
  CHECK_THROWS_AS(fit(Image(2, 2), {0, 5}), Error);
  CHECK_THROWS_AS(fit(Image(2, 2), {5, 5, FitRule::center_crop, 0.0}), Error);
  CHECK_THROWS_AS(fit(Image(2, 2), {5, 5, FitRule::center_crop, 1.5}), Error);
}

}  // namespace tessera::test::fit_test
