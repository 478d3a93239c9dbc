#include "tessera/featurevis/icon_quality.h"

#include <algorithm>
#include <array>

#include "model/fixtures.h"
#include "support/catch.h"
#include "support/paths.h"
#include "tessera/base/error.h"
#include "tessera/image/load.h"

namespace tessera::test::quality_test {

using namespace tessera;
using namespace tessera::featurevis;
using tessera::test::Approx;

TEST_CASE("contrast is the deviation of luminance and the share of clipped samples", "[featurevis]") {
  Image half(2, 1);
  half.rgb = {0, 0, 0, 255, 255, 255};
  CHECK(measure_contrast(half).deviation == Approx(.5));
  CHECK(measure_contrast(half).clipped == Approx(1));
  CHECK(judge(measure_contrast(half)) == Failure::saturated);
  Image grey(4, 4);
  std::fill(grey.rgb.begin(), grey.rgb.end(), std::uint8_t(128));
  CHECK(measure_contrast(grey).deviation == Approx(0).margin(1e-6));
  CHECK(measure_contrast(grey).clipped == 0);
  CHECK(judge(measure_contrast(grey)) == Failure::grey);
  CHECK(judge(measure_contrast(image::load(test::bundled_image("chelsea.png")))) == Failure::none);
}

TEST_CASE("the natural reference is the largest value before the ReLU in any picture", "[featurevis]") {
  const auto model =
      test::load_on_cpu(test::data("tiny/tiny_resnet.pt"), model::preprocessing_from_text("unit,size=64"));
  const std::vector<Image> pictures{image::load(test::data("tiny/chelsea_64.png")),
                                    image::load(test::bundled_image("coffee.png"))};
  // `relu` is the ReLU of `bn1`: what it holds back counts.
  const std::vector<float> found = natural_reference(*model, "relu", pictures);
  std::vector<float> expected(found.size(), -1e30f);
  for (const Image& picture : pictures) {
    const model::Capture capture = model->capture(picture, std::array{std::string("bn1")});
    const Cube& cube = *capture.cubes.at("bn1");
    REQUIRE(std::size_t(cube.channels) == found.size());
    for (std::size_t i = 0; i < cube.values.size(); ++i)
      expected[i % found.size()] = std::max(expected[i % found.size()], cube.values[i]);
  }
  for (std::size_t c = 0; c < found.size(); ++c)
    CHECK(found[c] == Approx(expected[c]).epsilon(1e-4).margin(1e-5));
  CHECK_THROWS_AS(natural_reference(*model, "layer9", pictures), Error);
  CHECK_THROWS_AS(natural_reference(*model, "relu", {}), Error);
}

TEST_CASE("an icon below what natural pictures reach is weak, unless something worse is wrong",
          "[featurevis]") {
  Icon icon;
  icon.quality.objective = .5f;
  icon.quality.peak = 2;
  CHECK(with_natural(icon, 1).quality.failure == Failure::none);
  CHECK(with_natural(icon, 3).quality.failure == Failure::weak);
  CHECK(with_natural(icon, 3).quality.natural == 3.f);
  icon.quality.failure = Failure::grey;
  CHECK(with_natural(icon, 3).quality.failure == Failure::grey);
}

}  // namespace tessera::test::quality_test
