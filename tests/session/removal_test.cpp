// Networks that do without an atom of a layer.
#include "tessera/session/removal.h"

#include <cmath>

#include "session/opening.h"
#include "support/catch.h"
#include "tessera/session/attribution_queries.h"
#include "tessera/session/effect_queries.h"
#include "tessera/session/icon_queries.h"

namespace tessera::test::removal_test {
namespace {

session::ModelRef without(session::ModelRef model, const std::string& layer, attribution::Atoms atoms) {
  model.without = session::removal_of(layer, std::move(atoms), "something");
  return model;
}

std::vector<float> logits_of(engine::Engine& engine, const session::ModelRef& model) {
  const auto verdict = engine.wait(session::Classify{model, small_image()});
  std::vector<float> logits(verdict->classes.size());
  for (const model::ClassScore& score : verdict->classes) logits[std::size_t(score.index)] = score.logit;
  return logits;
}

void check_close(const std::vector<float>& one, const std::vector<float>& other) {
  REQUIRE(one.size() == other.size());
  for (std::size_t i = 0; i < one.size(); ++i) CHECK(one[i] == Approx(other[i]).margin(1e-4));
}

}  // namespace

TEST_CASE("a network without an atom says what ablation says", "[session]") {
  Opened opened;
  const auto [file, layer] = GENERATE(std::pair<std::string, std::string>("tiny_resnet.pt", "layer2"),
                                      std::pair<std::string, std::string>("tiny_inception.pt", "mixed3a"),
                                      std::pair<std::string, std::string>("tiny_vit.pt", "block1"));
  CAPTURE(file, layer);
  const session::ModelRef model = tiny_model(file);
  const auto cube = opened.engine.wait(session::Activations{model, small_image(), layer})->cube;
  attribution::Group group;
  for (std::size_t p = 0; p < cube->positions(); ++p) group.map.push_back(float(p % 3));
  for (int c = 0; c < cube->channels; ++c) group.direction.push_back(0.1f * float(c % 4));
  for (const attribution::Atoms& atoms : {attribution::Atoms(attribution::ChosenChannels{{3, 5}}),
                                          attribution::Atoms(attribution::ChosenPositions{{{1, 2}}}),
                                          attribution::Atoms(attribution::ChosenNeurons{{{0, 1, 4}}}),
                                          attribution::Atoms(attribution::GroupCubes{{group}, false})}) {
    CAPTURE(attribution::to_json(atoms));
    const auto ablated = opened.engine.wait(session::Ablate{model, small_image(), layer, atoms, {}});
    check_close(logits_of(opened.engine, without(model, layer, atoms)), ablated->after);
  }
  check_close(logits_of(opened.engine, model), logits_of(opened.engine, session::intact(model)));
}

TEST_CASE("the layer shows what is left of it, and attribution adds up in the changed network", "[session]") {
  Opened opened;
  const session::ModelRef model = tiny_model("tiny_resnet.pt");
  const session::ModelRef less = without(model, "layer2", attribution::ChosenChannels{{7}});
  const auto before = opened.engine.wait(session::Activations{model, small_image(), "layer2"})->cube;
  const auto after = opened.engine.wait(session::Activations{less, small_image(), "layer2"})->cube;
  bool had_something = false;
  for (std::size_t i = 0; i < before->values.size(); ++i) {
    const bool removed = i % std::size_t(before->channels) == 7;
    had_something = had_something || (removed && before->values[i] != 0);
    CHECK(after->values[i] == Approx(removed ? 0 : before->values[i]).margin(1e-5));
  }
  CHECK(had_something);
  // Earlier layers are as they were.
  check_close(opened.engine.wait(session::Activations{less, small_image(), "layer1"})->cube->values,
              opened.engine.wait(session::Activations{model, small_image(), "layer1"})->cube->values);

  session::Attribute query{less, small_image(), {}};
  query.request.method = "path";
  query.request.layer = "layer1";
  query.request.objective = attribution::ClassLogit{2};
  query.request.steps = 200;
  const auto attribution = opened.engine.wait(query);
  CHECK(attribution->value == Approx(logits_of(opened.engine, less)[2]).margin(1e-4));
  const float change = attribution->value - attribution->baseline_value;
  CHECK(std::abs(attribution->total - change) < 0.05f * std::abs(change) + 1e-3f);
}

TEST_CASE("a network without an atom is another network with the same file", "[session]") {
  const session::ModelRef model = tiny_model("tiny_resnet.pt");
  const session::ModelRef less = without(model, "layer2", attribution::ChosenChannels{{7}});
  const session::ModelRef same = without(model, "layer2", attribution::ChosenChannels{{7}});
  const session::ModelRef other = without(model, "layer2", attribution::ChosenChannels{{8}});
  CHECK(less == same);
  CHECK(less.key() == same.key());
  CHECK(less != other);
  CHECK(less.key() != other.key());
  CHECK(less != model);
  CHECK(session::intact(less) == model);
  // Its icons are never taken for the intact network's.
  CHECK(session::network_of(less).preprocessing != session::network_of(model).preprocessing);
}

TEST_CASE("what a network cannot do without is said", "[session]") {
  Opened opened;
  const session::ModelRef model = tiny_model("tiny_resnet.pt");
  const auto refusal = [&](const std::string& layer, attribution::Atoms atoms) {
    return refusal_of(opened.engine, session::OpenModel{without(model, layer, std::move(atoms))});
  };
  CHECK(refusal("nowhere", attribution::Whole{}).find("nowhere") != std::string::npos);
  CHECK_FALSE(refusal("layer2", attribution::ChosenChannels{{1000}}).empty());
  CHECK(refusal("input", attribution::ChosenChannels{{0}}).find("picture itself") != std::string::npos);
  attribution::GroupCubes groups;
  const auto layer = *opened.engine.wait(session::OpenModel{model})->find_layer("layer2");
  groups.groups.push_back({std::vector<float>(std::size_t(layer.height) * layer.width, 1.0f),
                           std::vector<float>(std::size_t(layer.channels), 1.0f)});
  groups.residual = true;
  CHECK(refusal("layer2", groups).find("no group explains") != std::string::npos);
}

}  // namespace tessera::test::removal_test
