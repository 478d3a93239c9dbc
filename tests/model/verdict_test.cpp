// The sanity verdict, and what a card says about how a file was understood.
#include <algorithm>

#include "model/fixtures.h"
#include "support/catch.h"
#include "support/paths.h"
#include "tessera/image/load.h"

namespace tessera::test::verdict_test {

using namespace tessera;

namespace {

bool any_says(const std::vector<std::string>& sentences, const std::string& part) {
  return std::any_of(sentences.begin(), sentences.end(),
                     [&](const std::string& sentence) { return sentence.find(part) != std::string::npos; });
}

std::vector<std::string> warnings(const std::string& name) {
  const test::Fixture fixture = test::small_model(name);
  const auto model = test::load_on_cpu(fixture.model);
  return model->classify(model->capture(fixture.picture, test::all_layers(*model))).warnings;
}

std::vector<std::string> notes(const std::string& name) {
  return test::load_on_cpu(test::small_model(name).model)->card().notes;
}

}  // namespace

TEST_CASE("activations that cannot be right are warned of", "[model]") {
  CHECK(any_says(warnings("non_finite"), "Layer stage2"));
  CHECK(any_says(warnings("non_finite"), "class scores are not finite"));
  CHECK(any_says(warnings("dead"), "All values of layer stage2"));
  CHECK(any_says(warnings("saturated"), "All values of layer"));
  CHECK(any_says(warnings("overconfident"), "absurd lead"));
}

TEST_CASE("sound networks are not warned of", "[model]") {
  for (const std::string name : {"branches", "functional_relu", "pools", "reused_module", "labels"}) {
    INFO(name);
    CHECK(warnings(name).empty());
  }
}

TEST_CASE("a wrong range is noticed on the bundled network, a right one is not", "[model]") {
  const Image picture = image::load(test::bundled_image("chelsea.png"));
  const auto verdict = [&](const model::Preprocessing& preprocessing) {
    const auto model = test::load_on_cpu(test::bundled_model(), preprocessing);
    std::vector<std::string> layers;
    for (const model::LayerInfo& layer : model->card().layers)
      if (layer.suggested) layers.push_back(layer.name);
    return model->classify(model->capture(picture, layers)).warnings;
  };
  const model::Preprocessing right = test::load_on_cpu(test::bundled_model())->card().preprocessing;
  CHECK(verdict(right).empty());
  model::Preprocessing raw = right;
  raw.mean = {0, 0, 0};
  raw.std = {1, 1, 1};
  CHECK(any_says(verdict(raw), "unlike those that it was trained on"));
  model::Preprocessing tiny = right;
  tiny.range = 1;
  CHECK(any_says(verdict(tiny), "hardly varies"));
}

TEST_CASE("classes come in descending order and their probabilities sum to 1", "[model]") {
  const auto model = test::load_on_cpu(test::bundled_model());
  const model::Classification verdict =
      model->classify(model->capture(image::load(test::bundled_image("chelsea.png")), {}));
  REQUIRE(verdict.classes.size() == 1000);
  double total = 0;
  for (std::size_t i = 0; i < verdict.classes.size(); ++i) {
    total += verdict.classes[i].probability;
    if (i > 0) CHECK(verdict.classes[i - 1].logit >= verdict.classes[i].logit);
  }
  CHECK(total == test::Approx(1).margin(1e-4));
  bool cat = false;
  for (std::size_t i = 0; i < 3; ++i)
    cat = cat || verdict.classes[i].label.find("tabby") != std::string::npos ||
          verdict.classes[i].label.find("gyptian") != std::string::npos;
  CHECK(cat);
}

TEST_CASE("what was changed or assumed is noted", "[model]") {
  CHECK(any_says(notes("dropout_train"), "Dropout"));
  CHECK(any_says(notes("dropout_train_traced"), "Dropout"));
  CHECK(any_says(notes("batch_norm_train"), "statistics"));
  CHECK(any_says(notes("batch_norm_train_traced"), "statistics"));
  CHECK(any_says(notes("half_weights"), "32-bit"));
  CHECK(any_says(notes("bfloat16_weights"), "32-bit"));
  CHECK(any_says(notes("double_weights"), "32-bit"));
  CHECK(any_says(notes("labels_too_few"), "labels"));
  CHECK(any_says(notes("output_tuple"), "several values"));
  CHECK(any_says(notes("output_dict"), "several values"));
  CHECK(notes("branches").empty());
}

TEST_CASE("a softmax at the end is taken back", "[model]") {
  const test::Fixture fixture = test::small_model("softmax_output");
  const auto model = test::load_on_cpu(fixture.model);
  CHECK(any_says(model->card().notes, "softmax"));
  const model::Classification verdict = model->classify(model->capture(fixture.picture, {}));
  for (const model::ClassScore& score : verdict.classes)
    CHECK(score.probability == test::Approx(fixture.logits[std::size_t(score.index)]).margin(1e-4));
}

TEST_CASE("labels and names come from the archive or the file beside it", "[model]") {
  CHECK(test::load_on_cpu(test::data("models/labels.pt"))->card().labels.front() == "kind 0");
  const auto beside = test::load_on_cpu(test::data("models/sidecar.pt"));
  CHECK(beside->card().preprocessing_source == model::PreprocessingSource::sidecar);
  CHECK(beside->card().labels.size() == 5);
  CHECK(test::load_on_cpu(test::data("models/labels_too_few.pt"))->card().labels.empty());
}

}  // namespace tessera::test::verdict_test
