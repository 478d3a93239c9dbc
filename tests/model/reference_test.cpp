// Agreement with numbers from an independent implementation.
#include "model/fixtures.h"
#include "support/catch.h"
#include "support/npz.h"
#include "support/paths.h"
#include "tessera/image/load.h"

namespace tessera::test::reference_test {

using namespace tessera;

namespace {

model::Preprocessing tiny_preprocessing() { return model::preprocessing_from_text("unit,size=64"); }

test::Fixture tiny(const std::string& name, const std::filesystem::path& numbers) {
  test::Fixture fixture;
  fixture.model = test::data("tiny/" + name + ".pt");
  fixture.picture = image::load(test::data("tiny/chelsea_64.png"));
  for (const auto& [key, array] : test::load_npz(numbers)) {
    if (key == "logits") fixture.logits = array.values;
    if (key.starts_with("act/")) fixture.activations[key.substr(4)] = array;
  }
  return fixture;
}

}  // namespace

TEST_CASE("the tiny networks, scripted and traced, agree with their recorded activations", "[model]") {
  for (const std::string network : {"tiny_inception", "tiny_resnet", "tiny_vit"}) {
    const auto numbers = test::reference("tiny/" + network + "_dev_chelsea.npz");
    for (const std::string kind : {"", "_trace"}) {
      const test::Fixture fixture = tiny(network + kind, numbers);
      const auto model = test::load_on_cpu(fixture.model, tiny_preprocessing());
      CHECK(test::check_against(fixture, *model) == int(fixture.activations.size()));
    }
  }
}

TEST_CASE("the bundled network agrees with its recorded activations", "[model]") {
  const auto model = test::load_on_cpu(test::bundled_model());
  CHECK(model->card().folded_batch_norms == 49);
  for (const std::string picture : {"chelsea", "coffee", "astronaut"}) {
    const auto numbers = test::reference("efficientnet_lite0/" + picture + ".npz");
    test::Fixture fixture;
    fixture.model = test::bundled_model();
    fixture.picture = image::load(test::reference("efficientnet_lite0/" + picture + ".png"));
    std::vector<float> top;
    for (const auto& [key, array] : test::load_npz(numbers)) {
      if (key == "logits") fixture.logits = array.values;
      if (key == "top10") top = array.values;
      if (!key.starts_with("act/_blocks.")) continue;
      // `_blocks.8._swish#1` is the ReLU6 after the depthwise convolution.
      std::string name = key.substr(5);
      if (const auto at = name.find("._swish#1"); at != std::string::npos) name.replace(at, 9, ".depthwise");
      fixture.activations[name] = array;
    }
    for (const auto& [key, array] :
         test::load_npz(test::reference("efficientnet_lite0/" + picture + "_expand.npz")))
      if (key.starts_with("act/")) fixture.activations[key.substr(4)] = array;
    CHECK(test::check_against(fixture, *model) == int(fixture.activations.size()));

    const model::Classification verdict = model->classify(model->capture(fixture.picture, {}));
    REQUIRE(top.size() == 10);
    for (std::size_t i = 0; i < top.size(); ++i) CHECK(verdict.classes[i].index == int(top[i]));
    CHECK(verdict.warnings.empty());
  }
}

}  // namespace tessera::test::reference_test
