// Laws that attributions keep on any network, on small ones.
#include <algorithm>
#include <array>
#include <set>

#include "attribution/methods/small.h"
#include "attribution/refusal.h"
#include "support/catch.h"

namespace tessera::test::methods_test {

using namespace tessera;
using namespace tessera::attribution;
using test::Approx;

namespace {

AttributionRequest request_for(const std::string& method, const std::string& layer, Objective objective) {
  AttributionRequest request;
  request.method = method;
  request.layer = layer;
  request.objective = std::move(objective);
  return request;
}

Attribution run(test::Small& small, const AttributionRequest& request) {
  return attribute(small.sweeps, small.picture, request);
}

}  // namespace

TEST_CASE("every method in the list answers under its own name, the default first", "[attribution]") {
  test::Small small("tiny_resnet");
  const std::vector<MethodInfo> list = methods();
  CHECK(list.front().name == AttributionRequest{}.method);
  std::set<std::string> names;
  for (const MethodInfo& info : list) {
    INFO(info.name);
    CHECK(!info.sentence.empty());
    const Attribution attribution = run(small, request_for(info.name, "layer2", ClassLogit{3}));
    CHECK(attribution.method == info.name);
    CHECK(attribution.layer == "layer2");
    CHECK(attribution.influences);
    CHECK((attribution.values != nullptr) == (info.name != "ablation"));
    CHECK(attribution.value == Approx(small.sweeps.logits(small.picture)[3]).margin(1e-4));
    CHECK(attribution.gap ==
          Approx(attribution.value - attribution.baseline_value - attribution.total).margin(1e-6));
    CHECK(memory_cost(attribution) > sizeof(Attribution));
    names.insert(info.name);
  }
  CHECK(names == std::set<std::string>{"linear", "path", "stochastic-path", "grad-cam", "ablation"});
}

TEST_CASE("path attributions are complete, for either baseline, also for pixels", "[attribution]") {
  test::Small small("tiny_inception");
  for (const std::string layer : {"input", "mixed3b", "mixed4b"})
    for (const Baseline baseline : {Baseline::zero, Baseline::mean}) {
      AttributionRequest request = request_for("path", layer, LogitDifference{7, 8});
      request.baseline = baseline;
      request.steps = 100;
      const Attribution attribution = run(small, request);
      INFO(layer << ", " << to_text(baseline));
      const float change = attribution.value - attribution.baseline_value;
      CHECK(attribution.total == Approx(change).margin(0.05 * std::abs(change) + 0.01));
      CHECK(attribution.note.points == 100);
      CHECK(test::sum(attribution.values->values) == Approx(attribution.total).margin(1e-4));
    }
}

TEST_CASE("sums over positions, channels and shares of groups are the whole", "[attribution]") {
  test::Small small("tiny_resnet");
  const Attribution attribution = run(small, request_for("path", "layer2", ClassLogit{7}));
  const GroupShares shares{test::made_up_groups(*attribution.activations), {}};
  for (const Atoms& atoms : std::vector<Atoms>{Whole{}, AllPositions{}, AllChannels{}, shares})
    CHECK(test::sum(contributions(attribution, atoms)) == Approx(attribution.total).margin(1e-5));
  CHECK_THROWS_AS(contributions(attribution, GroupCubes{shares.groups, true}), Error);
}

TEST_CASE("a path does not depend on how many points fit into memory", "[attribution]") {
  test::Small small("tiny_resnet");
  const AttributionRequest request = request_for("path", "layer2", ClassLogit{7});
  Control tight;
  tight.memory_budget = 1;
  const Attribution roomy = run(small, request);
  const Attribution narrow = attribute(small.sweeps, small.picture, request, tight);
  CHECK(test::largest_difference(roomy.values->values, narrow.values->values) <=
        1e-5f * test::largest(roomy.values->values));
  CHECK(narrow.note.points == roomy.note.points);
}

TEST_CASE("a stochastic path is the same for the same seed, and without noise it is the path",
          "[attribution]") {
  test::Small small("tiny_inception");
  AttributionRequest request = request_for("stochastic-path", "mixed3b", ClassLogit{7});
  request.steps = 5;
  request.paths = 4;
  request.seed = 11;
  const Attribution first = run(small, request), again = run(small, request);
  CHECK(first.values->values == again.values->values);
  CHECK(first.spread->values == again.spread->values);
  CHECK(test::largest(first.spread->values) > 0);
  CHECK(first.note.points == 20);
  request.seed = 12;
  CHECK(run(small, request).values->values != first.values->values);

  request.noise = 0;
  const Attribution still = run(small, request);
  AttributionRequest plain = request;
  plain.method = "path";
  const Attribution path = run(small, plain);
  const float scale = test::largest(path.values->values);
  CHECK(test::largest_difference(still.values->values, path.values->values) <= 1e-5f * scale);
  CHECK(test::largest(still.spread->values) <= 1e-5f * scale);
}

TEST_CASE("Grad-CAM by hand", "[attribution]") {
  test::Small small("tiny_inception");
  const Attribution cam = run(small, request_for("grad-cam", "mixed3b", LogitDifference{7, 8}));
  const std::array layers{std::string("mixed3b")};
  const Pullback pullback = small.sweeps.pullback(small.picture, LogitDifference{7, 8}, layers);
  const Cube& cube = *pullback.layers[0].activations;
  const Cube& gradient = *pullback.layers[0].gradient;
  std::vector<double> weights(std::size_t(cube.channels));
  for (int y = 0; y < cube.height; ++y)
    for (int x = 0; x < cube.width; ++x)
      for (int c = 0; c < cube.channels; ++c)
        weights[std::size_t(c)] += gradient.at(y, x, c) / double(cube.positions());
  const std::vector<float> map = contributions(cam, AllPositions{});
  bool any_negative = false;
  for (int y = 0; y < cube.height; ++y)
    for (int x = 0; x < cube.width; ++x) {
      double expected = 0;
      for (int c = 0; c < cube.channels; ++c) expected += weights[std::size_t(c)] * cube.at(y, x, c);
      const std::size_t at = std::size_t(y) * cube.width + x;
      CHECK(map[at] == Approx(expected).margin(1e-5));
      CHECK(cam.rectified[at] == std::max(0.0f, map[at]));
      any_negative |= map[at] < 0;
    }
  CHECK(any_negative);
}

TEST_CASE("where a mean over positions follows, Grad-CAM is the linear method", "[attribution]") {
  test::Small small("tiny_resnet");
  const Attribution cam = run(small, request_for("grad-cam", "layer3", ClassLogit{3}));
  const Attribution linear = run(small, request_for("linear", "layer3", ClassLogit{3}));
  CHECK(test::largest_difference(cam.values->values, linear.values->values) <=
        1e-5f * test::largest(linear.values->values));
}

TEST_CASE("where the rest of the network is linear, every method says the same", "[attribution]") {
  test::Small small("tiny_resnet");  // after layer3: a mean and a linear layer
  const Attribution linear = run(small, request_for("linear", "layer3", ClassLogit{3}));
  CHECK(std::abs(linear.gap) < 1e-3);
  AttributionRequest request = request_for("ablation", "layer3", ClassLogit{3});
  const std::vector<Group> groups = test::made_up_groups(*linear.activations);
  for (const Atoms& atoms : std::vector<Atoms>{AllPositions{}, AllChannels{}, GroupShares{groups, {}}}) {
    request.ablated = atoms;
    const Attribution ablation = run(small, request);
    const std::vector<float> expected = contributions(linear, atoms);
    CHECK(contributions(ablation, atoms).size() == expected.size());
    CHECK(test::largest_difference(ablation.falls, expected) < 1e-3f);
  }
  const std::array layers{std::string("layer3")};
  const Pullback pullback = small.sweeps.pullback(small.picture, ClassLogit{3}, layers);
  request.ablated = GroupCubes{groups, true};
  const std::vector<float> expected =
      reduce(*pullback.layers[0].activations, *pullback.layers[0].gradient, *request.ablated);
  CHECK(test::largest_difference(run(small, request).falls, expected) <
        1e-3f * test::largest(expected) + 1e-3f);
  CHECK_THROWS_AS(contributions(run(small, request), AllChannels{}), Error);
}

TEST_CASE("ablation puts a channel's mean in its place when asked", "[attribution]") {
  test::Small small("tiny_inception");
  AttributionRequest request = request_for("ablation", "mixed3b", ClassLogit{7});
  request.ablated = ChosenChannels{{5, 0}};
  request.baseline = Baseline::mean;
  const Attribution ablation = run(small, request);
  Cube changed = *ablation.activations;
  double mean = 0;
  for (int y = 0; y < changed.height; ++y)
    for (int x = 0; x < changed.width; ++x) mean += changed.at(y, x, 5) / double(changed.positions());
  for (int y = 0; y < changed.height; ++y)
    for (int x = 0; x < changed.width; ++x) changed.at(y, x, 5) = float(mean);
  const std::array cubes{*ablation.activations, changed};
  const std::vector<float> values = small.sweeps.values_at(small.picture, "mixed3b", cubes, ClassLogit{7});
  CHECK(ablation.falls.at(0) == Approx(values[0] - values[1]).margin(1e-4));
}

TEST_CASE("ablation without a list takes the hundred neurons of the largest linear attribution",
          "[attribution]") {
  test::Small small("tiny_inception");
  const Attribution ablation = run(small, request_for("ablation", "mixed3b", ClassLogit{7}));
  const Attribution linear = run(small, request_for("linear", "mixed3b", ClassLogit{7}));
  const auto& list = std::get<ChosenNeurons>(ablation.ablated).list;
  REQUIRE(list.size() == 100);
  REQUIRE(ablation.falls.size() == 100);
  const std::vector<float> chosen = contributions(linear, ablation.ablated);
  for (std::size_t i = 1; i < chosen.size(); ++i) CHECK(std::abs(chosen[i - 1]) >= std::abs(chosen[i]));
  std::size_t larger = 0;
  for (const float value : linear.values->values) larger += std::abs(value) > std::abs(chosen.back());
  CHECK(larger < 100);
}

TEST_CASE("what cannot be asked is refused with a reason", "[attribution]") {
  test::Small small("tiny_resnet");
  AttributionRequest request = request_for("gradient", "layer2", ClassLogit{3});
  CHECK(test::refuses("There are path, linear", [&] { run(small, request); }));
  request.method = "path";
  for (const int steps : {0, -1, 10'001}) {
    request.steps = steps;
    CHECK(test::refuses("steps", [&] { run(small, request); }));
  }
  request = request_for("stochastic-path", "layer2", ClassLogit{3});
  request.paths = 1;
  CHECK(test::refuses("random paths", [&] { run(small, request); }));
  request.paths = 2;
  request.noise = NAN;
  CHECK(test::refuses("noise", [&] { run(small, request); }));
  request = request_for("path", "layer9", ClassLogit{3});
  CHECK(test::refuses("layer9", [&] { run(small, request); }));
  request = request_for("ablation", "layer2", ClassLogit{3});
  request.ablated = ChosenChannels{{48}};
  CHECK(test::refuses("no channel 48", [&] { run(small, request); }));
  CHECK(test::refuses("baseline", [] { baseline_from_text("median"); }));
}

TEST_CASE("a stopped attribution ends at once, half way too, and the next one is whole", "[attribution]") {
  test::Small small("tiny_resnet");
  for (const MethodInfo& info : methods()) {
    INFO(info.name);
    AttributionRequest request = request_for(info.name, "layer2", ClassLogit{3});
    if (info.name == "ablation") request.ablated = AllChannels{};
    const Attribution before = run(small, request);
    std::stop_source at_once;
    at_once.request_stop();
    Control control;
    control.memory_budget = 1;
    control.stop = at_once.get_token();
    CHECK_THROWS_AS(attribute(small.sweeps, small.picture, request, control), Cancelled);

    std::stop_source half_way;
    control.stop = half_way.get_token();
    float last = 0;
    bool backwards = false;
    control.progress = [&](float fraction, std::string_view) {
      backwards |= fraction < last - 1e-6f;
      last = fraction;
      if (fraction > 0.3f) half_way.request_stop();
    };
    if (info.name == "path" || info.name == "stochastic-path" || info.name == "ablation")
      CHECK_THROWS_AS(attribute(small.sweeps, small.picture, request, control), Cancelled);
    CHECK((info.name == "ablation" || !backwards));
    const Attribution after = run(small, request);
    CHECK(after.falls == before.falls);
    CHECK((!after.values || after.values->values == before.values->values));
  }
}

TEST_CASE("a layer without influence is answered with zeros, and said", "[attribution]") {
  test::Small small("tiny_inception");
  // The tower beside it.
  AttributionRequest request = request_for("linear", "mixed3a.b1", ChannelSum{"mixed3a.b2", 0});
  for (const MethodInfo& info : methods()) {
    INFO(info.name);
    request.method = info.name;
    const Attribution attribution = run(small, request);
    CHECK(!attribution.influences);
    CHECK(attribution.total == 0);
    CHECK(attribution.value == attribution.baseline_value);
    const std::vector<std::string>& remarks = attribution.note.remarks;
    CHECK(std::any_of(remarks.begin(), remarks.end(), [](const std::string& remark) {
      return remark.find("mixed3a.b1 does not influence") != std::string::npos;
    }));
  }
}

TEST_CASE("what gradient rules change is the attribution under them less the exact one", "[attribution]") {
  test::Small small("tiny_inception");
  AttributionRequest request = request_for("linear", "mixed3a", ClassLogit{2});
  const Attribution exact = run(small, request);
  request.rules.pooling = Pooling::proportional;
  request.rules.cancel_checkerboard = true;
  const Attribution ruled = run(small, request);
  const Attribution difference = rule_difference(small.sweeps, small.picture, request);
  REQUIRE(difference.values->values.size() == ruled.values->values.size());
  for (std::size_t i = 0; i < ruled.values->values.size(); ++i)
    REQUIRE(difference.values->values[i] == ruled.values->values[i] - exact.values->values[i]);
  CHECK(test::largest(difference.values->values) > 0);
  CHECK(difference.value == 0);
  CHECK(difference.baseline_value == 0);
  CHECK(difference.gap == Approx(-difference.total).margin(1e-5));
  CHECK(difference.note.remarks.back() ==
        "a difference: proportional pooling, checkerboard cancelled less exact pooling");

  request.method = "ablation";
  CHECK_THROWS_AS(rule_difference(small.sweeps, small.picture, request), Error);
  request.method = "linear";
  request.rules = {};
  CHECK_THROWS_AS(rule_difference(small.sweeps, small.picture, request), Error);
}

}  // namespace tessera::test::methods_test
