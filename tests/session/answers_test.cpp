// What the session answers, asked through the engine as views and command lines do.
#include <algorithm>
#include <cmath>

#include "session/opening.h"
#include "support/catch.h"
#include "support/npz.h"

namespace tessera::test::answers_test {
namespace {

using session::Activations;
using session::Classify;
using session::NetworkView;
using session::OpenImage;
using session::OpenModel;

float largest_difference(const std::vector<float>& a, const std::vector<float>& b) {
  REQUIRE(a.size() == b.size());
  float worst = 0;
  for (std::size_t i = 0; i < a.size(); ++i) worst = std::max(worst, std::abs(a[i] - b[i]));
  return worst;
}

std::vector<float> logits_by_index(const model::Classification& verdict) {
  std::vector<float> logits(verdict.classes.size());
  for (const model::ClassScore& score : verdict.classes) logits.at(std::size_t(score.index)) = score.logit;
  return logits;
}

}  // namespace

TEST_CASE("the bundled model sees the bundled cat", "[session]") {
  Opened opened;
  const session::ModelRef model{session::stamp(bundled_model()), {}, {}};
  const session::ImageRef image = image_at(bundled_image("chelsea.png"));
  const auto verdict = opened.engine.wait(Classify{model, image});
  REQUIRE(verdict->classes.size() == 1000);
  CHECK(verdict->warnings.empty());
  const auto among_first_three = [&](const std::string& label) {
    return std::any_of(verdict->classes.begin(), verdict->classes.begin() + 3,
                       [&](const auto& score) { return score.label.find(label) != std::string::npos; });
  };
  CHECK(among_first_three("Egyptian cat"));
  CHECK(among_first_three("tabby"));

  const auto card = opened.engine.wait(OpenModel{model});
  CHECK(card->classes == 1000);
  for (const std::string layer :
       {"blocks.5.expand", "blocks.8.expand", "blocks.11.expand", "blocks.15.expand"}) {
    REQUIRE(card->find_layer(layer));
    const auto activations = opened.engine.wait(Activations{model, image, layer});
    CHECK(activations->cube->channels == card->find_layer(layer)->channels);
    CHECK(activations->minimum == 0);
    CHECK(activations->maximum > 0);
    CHECK(activations->maximum <= 6);
  }
}

TEST_CASE("classes and activations agree with the recorded ones", "[session]") {
  const std::string network = GENERATE(std::string("tiny_inception"), std::string("tiny_resnet"));
  const std::string ending = GENERATE(std::string(".pt"), std::string("_trace.pt"));
  CAPTURE(network, ending);
  Opened opened;
  const session::ModelRef model = tiny_model(network + ending);
  const auto recorded = load_npz(data("tiny/" + network + ".npz"));
  const auto verdict = opened.engine.wait(Classify{model, small_image()});
  CHECK(largest_difference(logits_by_index(*verdict), recorded.at("logits").values) < 1e-4f);
  for (const auto& [name, array] : recorded) {
    if (!name.starts_with("act/")) continue;
    CAPTURE(name);
    const auto activations = opened.engine.wait(Activations{model, small_image(), name.substr(4)});
    const Cube& cube = *activations->cube;
    CHECK(array.shape == std::vector<std::size_t>{std::size_t(cube.height), std::size_t(cube.width),
                                                  std::size_t(cube.channels)});
    const float largest = std::max(std::abs(activations->minimum), std::abs(activations->maximum));
    CHECK(largest_difference(cube.values, array.values) <= 1e-4f * largest);
  }
}

TEST_CASE("the network's view is fitted; a picture of its size is used as it is", "[session]") {
  Opened opened;
  image::Fit fit;
  fit.width = fit.height = 64;
  const auto large = opened.engine.wait(NetworkView{image_at(bundled_image("chelsea.png")), fit});
  CHECK(large->image.width == 64);
  CHECK(large->image.height == 64);
  CHECK(large->region.height == Approx(300));
  const auto exact = opened.engine.wait(NetworkView{small_image(), fit});
  CHECK(exact->image == *opened.engine.wait(OpenImage{small_image()}));
}

TEST_CASE("preprocessing is part of what a model is", "[session]") {
  Opened opened;
  session::ModelRef other = tiny_model("tiny_resnet.pt");
  other.preprocessing->range = 255;
  const auto usual = opened.engine.wait(Classify{tiny_model("tiny_resnet.pt"), small_image()});
  const auto unusual = opened.engine.wait(Classify{other, small_image()});
  CHECK(logits_by_index(*usual) != logits_by_index(*unusual));
}

TEST_CASE("a layer that is not there fails and is named", "[session]") {
  Opened opened;
  const Activations wrong{tiny_model("tiny_resnet.pt"), small_image(), "no.such.layer"};
  CHECK_THROWS_AS(opened.engine.wait(wrong), Error);
  const auto answer = opened.engine.ask(wrong);
  REQUIRE(answer.failed());
  CHECK(std::string(answer.error->what()).find("no.such.layer") != std::string::npos);
}

}  // namespace tessera::test::answers_test
