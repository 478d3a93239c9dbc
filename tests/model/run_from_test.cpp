// Cutting the network at a layer: the upper part, fed with the layer's own values, gives the network's own
// scores.
#include "model/fixtures.h"
#include "support/catch.h"
#include "support/paths.h"
#include "tessera/base/error.h"
#include "tessera/image/load.h"

namespace tessera::test::run_from_test {

using namespace tessera;

namespace {

Image neighbour_of(Image picture) {
  std::rotate(picture.rgb.begin(), picture.rgb.begin() + std::ptrdiff_t(picture.rgb.size() / 3),
              picture.rgb.end());
  return picture;
}

// Batch of one and of three; the middle one of the three is another picture's cube, so that a batch that is
// mixed up would show. (By-passes keep this picture's values, so only the outer two must give its scores.)
void check_cuts(model::Model& model, const Image& picture, const std::vector<std::string>& layers) {
  const Image other = neighbour_of(picture);
  const model::Capture capture = model.capture(picture, layers);
  const model::Capture another = model.capture(other, layers);
  for (const std::string& name : layers) {
    INFO(name);
    const Cube& cube = *capture.cubes.at(name);
    const auto one = model.run_from(name, std::span(&cube, 1), picture);
    REQUIRE(one.size() == 1);
    test::check_close("batch of one", one[0], capture.logits, 1e-4);
    const std::vector<Cube> three{cube, *another.cubes.at(name), cube};
    const auto scores = model.run_from(name, three, picture);
    REQUIRE(scores.size() == 3);
    test::check_close("first of three", scores[0], capture.logits, 1e-4);
    test::check_close("last of three", scores[2], capture.logits, 1e-4);
    const auto alone = model.run_from(name, std::span(&three[1], 1), picture);
    test::check_close("second of three", scores[1], alone[0], 1e-4);
  }
}

}  // namespace

TEST_CASE("every layer of every small model is a cut of the network", "[model]") {
  for (const std::string& name : test::small_models()) {
    if (name == "non_finite") continue;  // no number equals itself there
    INFO(name);
    const test::Fixture fixture = test::small_model(name);
    const auto model = test::load_on_cpu(fixture.model);
    check_cuts(*model, fixture.picture, test::all_layers(*model));
  }
}

TEST_CASE("every layer of the tiny networks is a cut of the network", "[model]") {
  for (const std::string name : {"tiny_inception", "tiny_inception_trace", "tiny_resnet", "tiny_resnet_trace",
                                 "tiny_vit", "tiny_vit_trace"}) {
    INFO(name);
    const auto model =
        test::load_on_cpu(test::data("tiny/" + name + ".pt"), model::preprocessing_from_text("unit,size=64"));
    check_cuts(*model, image::load(test::data("tiny/chelsea_64.png")), test::all_layers(*model));
  }
}

TEST_CASE("the bundled network is cut at its suggested layers, blocks and input", "[model]") {
  const auto model = test::load_on_cpu(test::bundled_model());
  const Image picture = image::load(test::bundled_image("chelsea.png"));
  check_cuts(*model, picture,
             {"input", "stem", "blocks.0", "blocks.2", "blocks.5.expand", "blocks.8.expand",
              "blocks.11.expand", "blocks.15.expand", "blocks.15", "head"});
}

TEST_CASE("changing a layer's values changes the scores", "[model]") {
  const auto model = test::load_on_cpu(test::bundled_model());
  const Image picture = image::load(test::bundled_image("chelsea.png"));
  const std::vector<std::string> layers{"blocks.15.expand"};
  const model::Capture capture = model->capture(picture, layers);
  Cube zero = *capture.cubes.at(layers[0]);
  std::fill(zero.values.begin(), zero.values.end(), 0.0f);
  const auto scores = model->run_from(layers[0], std::span(&zero, 1), picture);
  double change = 0;
  for (std::size_t i = 0; i < scores[0].size(); ++i)
    change = std::max(change, double(std::abs(scores[0][i] - capture.logits[i])));
  CHECK(change > 1);
}

TEST_CASE("a cube of another shape and a layer that does not exist are refused", "[model]") {
  const test::Fixture fixture = test::small_model("branches");
  const auto model = test::load_on_cpu(fixture.model);
  const Cube wrong(1, 2, 3);
  CHECK_THROWS_AS(model->run_from("stem", std::span(&wrong, 1), fixture.picture), Error);
  CHECK_THROWS_AS(model->capture(fixture.picture, std::vector<std::string>{"nowhere"}), Error);
}

}  // namespace tessera::test::run_from_test
