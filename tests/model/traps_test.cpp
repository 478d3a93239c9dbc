// Networks of which other tools give wrong numbers without a word: what is said of them, beyond the numbers
// that small_models_test compares.
#include <algorithm>

#include "model/fixtures.h"
#include "model/model_impl.h"
#include "support/catch.h"
#include "support/npz.h"
#include "support/paths.h"

namespace tessera::test::traps_test {

using namespace tessera;

namespace {

bool says(const model::Model& model, const std::string& words) {
  const std::vector<std::string>& notes = model.card().notes;
  return std::ranges::any_of(notes,
                             [&](const std::string& note) { return note.find(words) != std::string::npos; });
}

std::shared_ptr<model::Model> small(const std::string& name) {
  return test::load_on_cpu(test::data("models/" + name + ".pt"));
}

Image image_of(const npy::Array& array) {
  Image image(int(array.shape[1]), int(array.shape[0]));
  std::ranges::transform(array.values, image.rgb.begin(), [](float value) { return std::uint8_t(value); });
  return image;
}

}  // namespace

TEST_CASE("a print is left out, and a note says so", "[model]") {
  CHECK(says(*small("prints"), "prints"));
  CHECK_FALSE(says(*small("prints_rarely"), "prints"));
  CHECK(says(*small("words_and_collections"), "prints"));
}

TEST_CASE("noise of training is left out, and a note says so", "[model]") {
  for (const char* name :
       {"drop_path_traced", "floor_drop_path_traced", "masked_dropout_traced", "gaussian_traced"}) {
    INFO(name);
    const auto model = small(name);
    CHECK(says(*model, "the mean is used"));
    CHECK(model->impl().flat.random);
  }
  CHECK(says(*small("rrelu_traced"), "evaluation mode"));
}

TEST_CASE("opening a network leaves random numbers as they were", "[model]") {
  at::manual_seed(3);
  const double expected = at::rand({1}).item<double>();
  at::manual_seed(3);
  small("gaussian_traced");
  CHECK(at::rand({1}).item<double>() == expected);
}

TEST_CASE("a branch that the picture decides is followed for each picture", "[model]") {
  const test::Fixture fixture = test::small_model("decides");
  const auto arrays = test::load_npz(test::data("models/decides.npz"));
  const Image dark = image_of(arrays.at("dark"));
  const auto bright = small("decides");
  CHECK(bright->follows(fixture.picture));
  CHECK_FALSE(bright->follows(dark));
  CHECK(says(*bright, "decides by its input's values"));
  CHECK_THROWS_WITH(bright->capture(dark, {}), Catch::Matchers::Contains("another branch"));

  model::LoadOptions options;
  options.device = model::DeviceChoice::cpu;
  options.picture = &dark;
  const auto darkened = model::Model::load(fixture.model, options);
  CHECK(darkened->follows(dark));
  test::check_close("logits", darkened->capture(dark, {}).logits, arrays.at("dark_logits").values, 1e-4);
  CHECK(small("branches")->follows(dark));  // the same operations for every picture
}

TEST_CASE("pictures that see each other in a batch do not run in one", "[model]") {
  for (const auto& [name, together] :
       std::initializer_list<std::pair<const char*, bool>>{{"range", false},
                                                           {"batch_statistics", false},
                                                           {"decides", false},
                                                           {"branches", true},
                                                           {"instance_norms", true}}) {
    INFO(name);
    const test::Fixture fixture = test::small_model(name);
    const auto model = small(name);
    const at::Tensor input = model->impl().input_of(fixture.picture);
    CHECK(model->impl().runs_in_batches(model->impl().flat.picture, input, input) == together);
  }
}

TEST_CASE("a network that turns its picture inside says how", "[model]") {
  for (const auto& [name, turn] :
       std::initializer_list<std::pair<const char*, model::Turn>>{{"transposed", {true, false, false}},
                                                                  {"flipped", {false, false, true}},
                                                                  {"rotated", {true, true, false}}}) {
    INFO(name);
    const auto model = small(name);
    CHECK(model->card().find_layer("stem")->turn.transposed == turn.transposed);
    CHECK(says(*model, "turns its picture inside"));
  }
  CHECK(small("branches")->card().find_layer("stem")->turn.none());
}

TEST_CASE("cells of a layer go into its tensor and back, however it is turned", "[model]") {
  for (const char* name : {"transposed", "flipped", "rotated", "last_token", "middle_token"}) {
    INFO(name);
    const test::Fixture fixture = test::small_model(name);
    const auto model = small(name);
    for (const std::string& layer : test::all_layers(*model)) {
      const std::array layers{layer};
      const auto cube = model->capture(fixture.picture, layers).cubes.at(layer);
      // The layer's own cube in its place changes nothing.
      const std::array cubes{*cube};
      test::check_close(layer, model->run_from(layer, cubes, fixture.picture).at(0), fixture.logits, 1e-4);
    }
  }
}

}  // namespace tessera::test::traps_test
