// What layers are called, and which there are.
#include <algorithm>
#include <set>

#include "model/fixtures.h"
#include "support/catch.h"
#include "support/paths.h"

namespace tessera::test::names_test {

using namespace tessera;

namespace {

std::vector<std::string> suggested(const model::ModelCard& card) {
  std::vector<std::string> names;
  for (const model::LayerInfo& layer : card.layers)
    if (layer.suggested) names.push_back(layer.name);
  return names;
}

}  // namespace

TEST_CASE("every name and alias of a layer means one layer", "[model]") {
  for (const std::string& name : test::small_models()) {
    INFO(name);
    const auto model = test::load_on_cpu(test::small_model(name).model);
    std::set<std::string> seen;
    for (const model::LayerInfo& layer : model->card().layers) {
      CHECK(seen.insert(layer.name).second);
      for (const std::string& alias : layer.aliases) CHECK(seen.insert(alias).second);
      CHECK(layer.height > 0);
      CHECK(layer.width > 0);
      CHECK(layer.channels > 0);
    }
    CHECK(model->card().layers.front().name == "input");
    CHECK(model->card().layers.front().kind == model::LayerKind::input);
  }
}

TEST_CASE("the bundled network's layers read well", "[model]") {
  const auto model = test::load_on_cpu(test::bundled_model());
  const model::ModelCard& card = model->card();
  CHECK(card.classes == 1000);
  CHECK(card.labels.size() == 1000);
  CHECK(card.preprocessing_source == model::PreprocessingSource::archive);
  CHECK(card.hash.size() == 32);
  CHECK(suggested(card) == std::vector<std::string>{"blocks.5.expand", "blocks.8.expand", "blocks.11.expand",
                                                    "blocks.15.expand"});

  const model::LayerInfo* expand = card.find_layer("blocks.8.expand");
  REQUIRE(expand);
  CHECK(expand->height == 14);
  CHECK(expand->width == 14);
  CHECK(expand->channels == 480);
  CHECK(expand->operation == "relu6");
  CHECK(expand->non_negative);

  // A block without a skip returns its projection: one layer, two names.
  const model::LayerInfo* block = card.find_layer("blocks.8.project");
  REQUIRE(block);
  CHECK(block->name == "blocks.8");
  CHECK(block->operation == "batch_norm");
  CHECK_FALSE(block->non_negative);
  REQUIRE(card.find_layer("blocks.7"));
  CHECK(card.find_layer("blocks.7")->operation == "add");
  CHECK(card.find_layer("blocks.7.project")->name == "blocks.7.project");
}

TEST_CASE("a module that is used again has a layer for each use", "[model]") {
  for (const std::string name : {"reused_module", "reused_module_traced"}) {
    INFO(name);
    const auto model = test::load_on_cpu(test::small_model(name).model);
    for (const char* layer : {"block", "block#1", "block#2", "relu"}) CHECK(model->card().find_layer(layer));
  }
}

TEST_CASE("values that no module returns are named by their operation", "[model]") {
  const auto traced = test::load_on_cpu(test::small_model("in_place_traced").model);
  const auto scripted = test::load_on_cpu(test::small_model("in_place").model);
  CHECK(test::all_layers(*traced) == test::all_layers(*scripted));
  const auto frozen = test::load_on_cpu(test::small_model("frozen").model);
  CHECK(frozen->card().find_layer("relu"));
  CHECK(frozen->card().find_layer("relu#1"));
}

TEST_CASE("token grids are layers without their class token", "[model]") {
  const auto model =
      test::load_on_cpu(test::data("tiny/tiny_vit.pt"), model::preprocessing_from_text("unit,size=64"));
  const model::LayerInfo* block = model->card().find_layer("block1");
  REQUIRE(block);
  CHECK(block->kind == model::LayerKind::tokens);
  CHECK(block->height == 8);
  CHECK(block->width == 8);
  CHECK(block->channels == 48);
  CHECK(block->prefix_tokens == 1);
  CHECK(model->card().find_layer("patch")->kind == model::LayerKind::map);
  // Attention maps are no layers.
  for (const model::LayerInfo& layer : model->card().layers) CHECK(layer.operation != "softmax");
}

TEST_CASE("without metadata the last layer before each change of resolution is suggested", "[model]") {
  const auto model = test::load_on_cpu(test::data("models/no_metadata.pt"));
  CHECK(model->card().preprocessing_source == model::PreprocessingSource::assumed);
  CHECK(model->card().preprocessing.fit.width == 224);
  const std::vector<std::string> names = suggested(model->card());
  REQUIRE_FALSE(names.empty());
  int height = 0;
  for (const std::string& name : names) {
    const int now = model->card().find_layer(name)->height;
    CHECK(now != height);
    height = now;
  }
}

}  // namespace tessera::test::names_test
