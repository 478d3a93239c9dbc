#include "attribution/support.h"
#include "support/catch.h"
#include "tessera/base/error.h"

namespace tessera::test::bad_input_test {

using namespace tessera;
using namespace tessera::attribution;

TEST_CASE("what the model does not have is refused", "[attribution]") {
  test::Subject subject = test::tiny_subject("tiny_resnet");
  Sweeps& sweeps = *subject.sweeps;
  const std::array layer1{std::string("layer1")};
  CHECK_THROWS_AS(sweeps.pullback(subject.picture, ClassLogit{8}, layer1), Error);
  CHECK_THROWS_AS(sweeps.pullback(subject.picture, LogitDifference{0, -1}, layer1), Error);
  CHECK_THROWS_AS(sweeps.pullback(subject.picture, ClassLogit{0}, std::array{std::string("layer9")}), Error);
  CHECK_THROWS_AS(sweeps.pullback(subject.picture, ChannelSum{"layer2", 48}, layer1), Error);
  CHECK_THROWS_AS(sweeps.pullback(subject.picture, Neuron{"layer2", 8, 0, 0}, layer1), Error);
  CHECK_THROWS_AS(
      sweeps.effects(subject.picture, {"layer1", ChosenChannels{{24}}, nullptr, {}}, std::array{Target{}}),
      Error);
  CHECK_THROWS_AS(sweeps.values_at(subject.picture, "layer1", std::array{Cube(2, 2, 2)}, ClassLogit{0}),
                  Error);
}

TEST_CASE("layers in the wrong order are refused, and say so", "[attribution]") {
  test::Subject subject = test::tiny_subject("tiny_resnet");
  CHECK_THROWS_WITH(
      subject.sweeps->pullback(subject.picture, ChannelSum{"layer1", 0}, std::array{std::string("layer3")}),
      Catch::Matchers::Contains("after"));
  CHECK_THROWS_WITH(subject.sweeps->effects(subject.picture, {"layer3", AllChannels{}, nullptr, {}},
                                            std::array{Target{"layer1", AllChannels{}, nullptr}}),
                    Catch::Matchers::Contains("after"));
}

TEST_CASE("a layer that does not influence the objective gets zeros, and a remark", "[attribution]") {
  test::Subject subject = test::tiny_subject("tiny_inception");
  // Two branches of one block: neither sees the other.
  std::vector<std::string> branches;
  for (const model::LayerInfo& layer : subject.model->card().layers)
    if (layer.name.starts_with("mixed3a.")) branches.push_back(layer.name);
  REQUIRE(branches.size() >= 2);
  bool found = false;
  for (const std::string& one : branches)
    for (const std::string& other : branches) {
      if (one == other) continue;
      Pullback back;
      try {
        back = subject.sweeps->pullback(subject.picture, ChannelSum{other, 0}, std::array{one});
      } catch (const Error&) {
        continue;  // computed after it
      }
      if (back.layers[0].influences) continue;
      found = true;
      CHECK(back.note.remarks.size() == 1);
      for (const float value : back.layers[0].gradient->values) CHECK(value == 0);
    }
  CHECK(found);
}

TEST_CASE("derivatives that are not finite are an error, not an answer", "[attribution]") {
  test::Subject subject = test::small_subject("non_finite");
  CHECK_THROWS_AS(subject.sweeps->pullback(subject.picture, ClassLogit{0}, std::array{std::string("input")}),
                  Error);
}

TEST_CASE("a max pool with gaps in its window is not relaxed, and says so", "[attribution]") {
  test::Subject subject = test::small_subject("pools");
  const std::array input{std::string("input")};
  CHECK_THROWS_WITH(
      subject.sweeps->pullback(subject.picture, ClassLogit{0}, input, {Pooling::proportional, false}),
      Catch::Matchers::Contains("Use exact pooling"));
  CHECK(subject.sweeps->pullback(subject.picture, ClassLogit{0}, input).layers[0].influences);
}

TEST_CASE("a cancelled sweep stops, and leaves the next one whole", "[attribution]") {
  test::Subject subject = test::tiny_subject("tiny_resnet");
  std::stop_source stop;
  Control control;
  control.memory_budget = 1;
  control.stop = stop.get_token();
  control.progress = [&](float fraction, std::string_view) {
    if (fraction > .5f) stop.request_stop();
  };
  const Source source{"layer1", AllPositions{}, nullptr, {}};
  CHECK_THROWS_AS(
      subject.sweeps->effects(subject.picture, source, std::array{Target{}}, {}, control, Direction::forward),
      Cancelled);
  // Also in the midst of a chunk: here one holds all.
  for (const Direction direction : {Direction::forward, Direction::backward}) {
    std::stop_source late;
    Control stopped;
    stopped.stop = late.get_token();
    stopped.progress = [&](float, std::string_view stage) {
      if (stage == "attribution sweep") late.request_stop();
    };
    CHECK_THROWS_AS(subject.sweeps->effects(subject.picture, {"layer3", AllChannels{}, nullptr, {}},
                                            std::array{Target{}}, {}, stopped, direction),
                    Cancelled);
  }
  CHECK(subject.sweeps->effects(subject.picture, source, std::array{Target{}}).effects[0].values.size() ==
        8 * 256);
}

TEST_CASE("the engine that ran is named", "[attribution]") {
  test::Subject resnet = test::tiny_subject("tiny_resnet");
  CHECK(resnet.sweeps->effects(resnet.picture, {"layer1", AllChannels{}, nullptr, {}}, std::array{Target{}})
            .note.engine == Engine::linearised);
  test::Subject vit = test::tiny_subject("tiny_vit");
  const Source source{"block0", AllPositions{}, nullptr, {}};
  CHECK(vit.sweeps->effects(vit.picture, source, std::array{Target{}}, {}, {}, Direction::forward)
            .note.engine == Engine::dual_numbers);
}

}  // namespace tessera::test::bad_input_test
