#include "tessera/featurevis/icon_batch.h"

#include <cstdlib>
#include <limits>

#include "model/fixtures.h"
#include "support/catch.h"
#include "support/paths.h"
#include "tessera/base/error.h"

namespace tessera::test::icon_batch_test {

using namespace tessera;
using namespace tessera::featurevis;

namespace {

std::shared_ptr<model::Model> tiny(const std::string& network) {
  return test::load_on_cpu(test::data("tiny/" + network + ".pt"),
                           model::preprocessing_from_text("unit,size=64"));
}

Recipe small_recipe(int steps) {
  Recipe recipe;
  recipe.size = 48;
  recipe.steps = steps;
  return recipe;
}

std::vector<IconSubject> channels(const std::string& layer, std::initializer_list<int> of) {
  std::vector<IconSubject> subjects;
  for (const int channel : of) subjects.push_back({layer, Channel{channel}, false});
  return subjects;
}

std::vector<Icon> icons_of(const IconBatch& batch) {
  std::vector<Icon> icons;
  for (std::size_t i = 0; i < batch.size(); ++i) icons.push_back(batch.icon(i));
  return icons;
}

// Mean difference of two pictures' samples.
double difference(const Image& a, const Image& b) {
  REQUIRE(a.rgb.size() == b.rgb.size());
  double sum = 0;
  for (std::size_t i = 0; i < a.rgb.size(); ++i) sum += std::abs(int(a.rgb[i]) - int(b.rgb[i]));
  return sum / double(a.rgb.size());
}

}  // namespace

TEST_CASE("icons raise their objective", "[featurevis]") {
  const auto model =
      test::load_on_cpu(test::data("tiny/tiny_inception.pt"), model::preprocessing_from_text("size=64"));
  IconBatch batch(*model, channels("mixed3a", {0, 5, 11}), small_recipe(40));
  batch.advance(1);
  const std::vector<float> before = batch.objectives();
  batch.advance(100);
  CHECK(batch.steps() == 40);
  CHECK(batch.finished());
  for (std::size_t i = 0; i < batch.size(); ++i) {
    CHECK(batch.objectives()[i] > before[i] + .1f);
    const Icon icon = batch.icon(i);
    CHECK(icon.picture.width == 48);
    CHECK(icon.quality.steps == 40);
    CHECK(icon.quality.settled);
    CHECK(icon.quality.failure == Failure::none);
  }
}

TEST_CASE("the same request gives the same bits, and another seed others", "[featurevis]") {
  const auto model = tiny("tiny_resnet");
  for (const Style style : {Style::plain, Style::alpha}) {
    Recipe recipe = small_recipe(12);
    recipe.style = style;
    const auto subjects = channels("layer2", {3, 4, 7});
    IconBatch one(*model, subjects, recipe);
    IconBatch again(*model, subjects, recipe);
    IconBatch other(*model, subjects, recipe, {0, 1, 0});
    for (IconBatch* batch : {&one, &again, &other}) batch->advance(12);
    CHECK((icons_of(one) == icons_of(again)));
    CHECK((icons_of(one)[0] == icons_of(other)[0]));
    CHECK(difference(one.icon(1).picture, other.icon(1).picture) > 1);
  }
}

TEST_CASE("an icon made in several goes is the one made in one", "[featurevis]") {
  const auto model = tiny("tiny_inception");
  for (const Style style : {Style::plain, Style::alpha}) {
    Recipe recipe = small_recipe(20);
    recipe.style = style;
    const auto subjects = channels("mixed3a", {1, 2});
    IconBatch whole(*model, subjects, recipe);
    whole.advance(20);
    recipe.steps = 9;
    IconBatch parts(*model, subjects, recipe);
    parts.advance(4);
    CHECK(!parts.finished());
    CHECK(!parts.icon(0).quality.settled);
    parts.advance(50);
    CHECK(parts.steps() == 9);
    CHECK(parts.finished());
    parts.extend(20);
    CHECK(!parts.finished());
    parts.advance(50);
    CHECK((icons_of(whole) == icons_of(parts)));
  }
}

TEST_CASE("an icon does not depend on what shares its batch", "[featurevis]") {
  const auto model = tiny("tiny_resnet");
  const Recipe recipe = small_recipe(10);
  IconBatch few(*model, channels("layer2", {5, 6}), recipe);
  IconBatch many(*model, channels("layer2", {1, 2, 6, 5, 9}), recipe);
  few.advance(10);
  many.advance(10);
  CHECK(difference(few.icon(0).picture, many.icon(3).picture) < .1);
  CHECK(difference(few.icon(1).picture, many.icon(2).picture) < .1);
}

TEST_CASE("a stop leaves icons as they are, to be gone on with", "[featurevis]") {
  const auto model = tiny("tiny_resnet");
  const auto subjects = channels("layer2", {0, 1});
  IconBatch batch(*model, subjects, small_recipe(8));
  std::stop_source stop;
  stop.request_stop();
  batch.advance(8, stop.get_token());
  CHECK(batch.steps() == 0);
  batch.advance(8);
  IconBatch other(*model, subjects, small_recipe(8));
  other.advance(8);
  CHECK((icons_of(batch) == icons_of(other)));
}

TEST_CASE("every layer of every kind of network gives icons", "[featurevis]") {
  for (const std::string network : {"tiny_inception", "tiny_resnet", "tiny_vit", "tiny_inception_trace",
                                    "tiny_resnet_trace", "tiny_vit_trace"}) {
    const auto model = tiny(network);
    for (const model::LayerInfo& layer : model->card().layers) {
      INFO(network << " " << layer.name);
      Recipe recipe = small_recipe(3);
      recipe.style = layer.channels % 2 ? Style::plain : Style::alpha;
      std::vector<float> direction(std::size_t(layer.channels), 1);
      IconBatch batch(*model,
                      {{layer.name, Channel{layer.channels - 1}, false},
                       {layer.name, CentreNeuron{0}, true},
                       {layer.name, Direction{direction, 2}, false}},
                      recipe);
      batch.advance(3);
      CHECK(batch.steps() == 3);
      CHECK(batch.size() == 3);
    }
    IconBatch batch(*model, {{"", ClassLogit{1}, false}}, small_recipe(3));
    batch.advance(3);
    CHECK(batch.steps() == 3);
  }
}

TEST_CASE("a network that takes its own size only is given it", "[featurevis]") {
  const auto model = tiny("tiny_vit");
  CHECK(IconBatch(*model, {{"block0", Channel{0}, false}}, small_recipe(1)).input_size() == 64);
  const auto free = tiny("tiny_resnet");
  CHECK(IconBatch(*free, {{"layer1", Channel{0}, false}}, small_recipe(1)).input_size() == 60);
}

TEST_CASE("small models of every kind give icons or say why not", "[featurevis]") {
  for (const std::string& name : test::small_models()) {
    INFO(name);
    const auto model = test::load_on_cpu(test::small_model(name).model);
    for (const model::LayerInfo& layer : model->card().layers) {
      INFO(layer.name);
      try {
        IconBatch batch(*model, {{layer.name, Channel{0}, false}}, small_recipe(2));
        batch.advance(2);
        CHECK(batch.steps() == 2);
      } catch (const Error& error) {
        CHECK(name == "non_finite");
        CHECK_THAT(error.what(), Catch::Matchers::Contains("not finite"));
      }
    }
  }
}

TEST_CASE("negative icons lower what others raise", "[featurevis]") {
  const auto model = tiny("tiny_inception");
  IconBatch batch(*model, {{"mixed3a", Channel{5}, false}, {"mixed3a", Channel{5}, true}}, small_recipe(30));
  batch.advance(30);
  CHECK(batch.icon(0).quality.objective > 0);
  CHECK(batch.icon(1).quality.objective > -batch.icon(0).quality.objective);
}

TEST_CASE("variations differ from each other more than by their seeds", "[featurevis]") {
  const auto model = tiny("tiny_resnet");
  Recipe recipe = small_recipe(24);
  recipe.diversity = 3;
  IconBatch batch(*model, channels("layer2", {2, 4}), recipe);
  CHECK(batch.size() == 6);
  batch.advance(24);
  CHECK(batch.steps() == 24);
  CHECK(difference(batch.icon(0).picture, batch.icon(1).picture) > 1);
  IconBatch again(*model, channels("layer2", {2, 4}), recipe);
  again.advance(24);
  CHECK((icons_of(batch) == icons_of(again)));
}

TEST_CASE("what cannot be made an icon of is refused", "[featurevis]") {
  const auto model = tiny("tiny_resnet");
  const Recipe recipe = small_recipe(2);
  const auto refused = [&](std::vector<IconSubject> subjects, const std::string& what) {
    INFO(what);
    CHECK_THROWS_AS(IconBatch(*model, std::move(subjects), recipe), Error);
  };
  const int width = model->card().find_layer("layer2")->channels;
  const float nan = std::numeric_limits<float>::quiet_NaN();
  refused({}, "nothing");
  refused({{"layer9", Channel{0}, false}}, "unknown layer");
  refused({{"layer2", Channel{width}, false}}, "unknown channel");
  refused({{"layer2", Channel{-1}, false}}, "negative channel");
  refused({{"layer2", CentreNeuron{width}, false}}, "unknown neuron");
  refused({{"", ClassLogit{8}, false}}, "unknown class");
  refused({{"layer2", Direction{std::vector<float>(std::size_t(width)), 0}, false}}, "direction of zeros");
  refused({{"layer2", Direction{std::vector<float>(std::size_t(width), nan), 0}, false}}, "direction of NaN");
  refused({{"layer2", Direction{{1, 2}, 0}, false}}, "direction of another length");
  refused({{"layer2", Direction{std::vector<float>(std::size_t(width), 1.f), -1}, false}}, "power below 0");
  refused({{"layer2", Caricature{2, 2, {1, 2}, 4}, false}}, "cube of another size");
  refused({{"layer1", Channel{0}, false}, {"layer2", Channel{0}, false}}, "two layers");
  refused({{"layer1", Channel{0}, false}, {"", ClassLogit{0}, false}}, "a layer and scores");
  refused(std::vector<IconSubject>(33, {"layer2", Channel{0}, false}), "too many");
  CHECK_THROWS_AS(IconBatch(*model, channels("layer2", {0, 1}), recipe, {1}), Error);
  Recipe broken = recipe;
  broken.size = 4;
  CHECK_THROWS_AS(IconBatch(*model, channels("layer2", {0}), broken), Error);
}

TEST_CASE("previews come at powers of two, and at the end", "[featurevis]") {
  CHECK(preview_steps(256) == std::vector<int>{8, 16, 32, 64, 128, 256});
  CHECK(preview_steps(100) == std::vector<int>{8, 16, 32, 64, 100});
  CHECK(preview_steps(8) == std::vector<int>{8});
  CHECK(preview_steps(3) == std::vector<int>{3});
}

}  // namespace tessera::test::icon_batch_test
