#include "tessera/attribution/flows.h"

#include "attribution/methods/small.h"
#include "attribution/refusal.h"
#include "support/catch.h"

namespace tessera::test::flows_test {

using namespace tessera;
using namespace tessera::attribution;
using test::Approx;

namespace {

FlowRequest request_between(test::Small& small, const std::string& earlier, const std::string& later) {
  FlowRequest request;
  request.earlier = earlier;
  request.earlier_groups = test::made_up_groups(*small.sweeps.activations(small.picture, earlier));
  request.later = later;
  request.later_groups = test::made_up_groups(*small.sweeps.activations(small.picture, later));
  return request;
}

double entering(const GroupFlows& flows, std::size_t i) {
  double total = flows.bias.at(i);
  for (std::size_t j = 0; j < flows.flows.atoms; ++j) total += flows.flows.at(i, j);
  return total;
}

}  // namespace

TEST_CASE("what enters a group, the bias included, is what it contributes to the class", "[attribution]") {
  const auto [network, earlier, later, objective] =
      GENERATE(table<std::string, std::string, std::string, int>({{"tiny_inception", "mixed3b", "mixed4b", 7},
                                                                  {"tiny_inception", "mixed3a", "mixed3b", 8},
                                                                  {"tiny_resnet", "layer2", "layer3", 3}}));
  test::Small small(network);
  FlowRequest request = request_between(small, earlier, later);
  request.towards = ClassLogit{objective};
  request.steps = 200;
  const GroupFlows path = flows(small.sweeps, small.picture, request);
  REQUIRE(path.flows.targets == 3);
  REQUIRE(path.flows.atoms == 3);
  const float scale = test::largest(path.later) + test::largest(path.bias);
  for (std::size_t i = 0; i < 3; ++i) CHECK(entering(path, i) == Approx(path.later[i]).margin(0.02 * scale));
  CHECK(path.gap <= 0.02f * scale);
  CHECK(path.value == Approx(small.sweeps.logits(small.picture)[std::size_t(objective)]).margin(1e-4));
  CHECK(test::sum(path.later) + path.baseline_value == Approx(path.value).margin(0.05 * scale));
  CHECK(path.note.points == 200);
}

TEST_CASE("linear flows are the tangent's, and its intercept is the bias", "[attribution]") {
  test::Small small("tiny_resnet");
  FlowRequest request = request_between(small, "layer2", "layer3");
  request.towards = ClassLogit{3};
  request.steps = 0;
  const GroupFlows linear = flows(small.sweeps, small.picture, request);
  const std::array layers{std::string("layer2"), std::string("layer3")};
  const Pullback pullback = small.sweeps.pullback(small.picture, *request.towards, layers);
  // Chain rule: all that flows is the earlier layer's own attribution, which here has no other way.
  const float scale = test::largest(linear.later);
  const double through = test::sum(linear.flows.values);
  CHECK(through == Approx(reduce(*pullback.layers[0].activations, *pullback.layers[0].gradient, Whole{})[0])
                       .margin(1e-4 * scale));
  for (std::size_t i = 0; i < 3; ++i)
    CHECK(entering(linear, i) == Approx(linear.later[i]).margin(1e-5 * scale));
  const std::vector<float> split = reduce(*pullback.layers[1].activations, *pullback.layers[1].gradient,
                                          GroupShares{request.later_groups, {}});
  CHECK(test::largest_difference(split, linear.later) <= 1e-5f * scale);
  // After layer3 the network is linear: nothing is left over.
  CHECK(std::abs(linear.later_gap) < 1e-3);
  // An earlier group's flows add up to its own attribution.
  const std::vector<float> own = reduce(*pullback.layers[0].activations, *pullback.layers[0].gradient,
                                        GroupShares{request.earlier_groups, {}});
  for (std::size_t j = 0; j < 3; ++j)
    CHECK(linear.flows.at(0, j) + linear.flows.at(1, j) + linear.flows.at(2, j) ==
          Approx(own[j]).margin(1e-4 * scale));
}

TEST_CASE("what the groups leave flows too, and nothing is lost on its account", "[attribution]") {
  const int steps = GENERATE(0, 100);
  test::Small small("tiny_resnet");
  FlowRequest request = request_between(small, "layer2", "layer3");
  request.towards = ClassLogit{3};
  request.steps = steps;
  const GroupFlows without = flows(small.sweeps, small.picture, request);
  request.residual = true;
  const GroupFlows with = flows(small.sweeps, small.picture, request);
  REQUIRE(with.flows.targets == 4);
  REQUIRE(with.flows.atoms == 4);
  REQUIRE(with.bias.size() == 4);
  const float scale = test::largest(without.later) + test::largest(without.bias);
  for (std::size_t i = 0; i < 4; ++i)
    CHECK(entering(with, i) == Approx(with.later[i]).margin((steps == 0 ? 1e-5 : 0.02) * scale));
  CHECK(test::sum(with.later) == Approx(test::sum(without.later)).margin(1e-4 * scale));
  CHECK(test::sum(with.flows.values) == Approx(test::sum(without.flows.values)).margin(1e-4 * scale));
  CHECK(with.later[3] != Approx(0).margin(1e-3 * scale));
  CHECK(with.later_gap == Approx(without.later_gap).margin(1e-4 * scale));

  request.towards.reset();
  const GroupFlows free = flows(small.sweeps, small.picture, request);
  CHECK(free.flows.targets == 3);
  CHECK(free.flows.atoms == 4);
}

TEST_CASE("what was pushed once serves every class, and without it the sweeps find the same",
          "[attribution]") {
  const int steps = GENERATE(0, 6);
  test::Small small("tiny_inception");
  FlowRequest request = request_between(small, "mixed3b", "mixed4b");
  request.steps = steps;
  request.residual = true;
  request.towards = ClassLogit{7};
  const PushedGroups pushed = push_groups(small.sweeps, small.picture, request);
  REQUIRE(pushed.tangents.size() == 4);
  request.towards = ClassLogit{2};
  const GroupFlows kept = flows(small.sweeps, small.picture, request, pushed);
  PushedGroups none;
  none.response = pushed.response;
  const GroupFlows swept = flows(small.sweeps, small.picture, request, none);
  const float scale = test::largest(swept.flows.values);
  REQUIRE(scale > 0);
  for (std::size_t i = 0; i < 4; ++i) {
    for (std::size_t j = 0; j < 4; ++j)
      CHECK(kept.flows.at(i, j) == Approx(swept.flows.at(i, j)).margin(1e-4 * scale));
    CHECK(kept.later[i] == Approx(swept.later[i]).margin(1e-4 * scale));
    CHECK(kept.bias[i] == Approx(swept.bias[i]).margin(1e-3 * scale));
  }
  CHECK(kept.note.points == std::size_t(std::max(1, steps)));
}

TEST_CASE("groups too many for the memory flow without being kept", "[attribution]") {
  test::Small small("tiny_resnet");
  FlowRequest request = request_between(small, "layer2", "layer3");
  request.towards = ClassLogit{3};
  Control control;
  control.memory_budget = 64;
  CHECK(push_groups(small.sweeps, small.picture, request, control).tangents.empty());
  const GroupFlows narrow = flows(small.sweeps, small.picture, request, control);
  const GroupFlows wide = flows(small.sweeps, small.picture, request);
  for (std::size_t i = 0; i < narrow.flows.values.size(); ++i)
    CHECK(narrow.flows.values[i] ==
          Approx(wide.flows.values[i]).margin(1e-4 * test::largest(wide.flows.values)));
}

TEST_CASE("class-free flows are the groups' own objectives", "[attribution]") {
  test::Small small("tiny_inception");
  FlowRequest request = request_between(small, "mixed3b", "mixed4b");
  request.steps = 0;
  const GroupFlows free = flows(small.sweeps, small.picture, request);
  CHECK(free.bias.empty());
  CHECK(free.later.empty());
  const std::array layers{std::string("mixed3b")};
  for (std::size_t i = 0; i < 3; ++i) {
    const Group& group = request.later_groups[i];
    const Pullback pullback =
        small.sweeps.pullback(small.picture, GroupActivation{"mixed4b", group.map, group.direction}, layers);
    const std::vector<float> expected = reduce(*pullback.layers[0].activations, *pullback.layers[0].gradient,
                                               GroupCubes{request.earlier_groups, false});
    for (std::size_t j = 0; j < 3; ++j)
      CHECK(free.flows.at(i, j) == Approx(expected[j]).margin(1e-4 * test::largest(expected)));
  }
}

TEST_CASE("flows that cannot be are refused with a reason", "[attribution]") {
  test::Small small("tiny_resnet");
  FlowRequest request = request_between(small, "layer2", "layer3");
  request.towards = ClassLogit{3};
  FlowRequest turned = request_between(small, "layer3", "layer2");
  turned.towards = ClassLogit{3};
  CHECK(!test::refusal([&] { flows(small.sweeps, small.picture, turned); }).empty());
  FlowRequest bare = request;
  bare.later_groups.clear();
  CHECK(test::refuses("Factorize", [&] { flows(small.sweeps, small.picture, bare); }));
  FlowRequest swapped = request_between(small, "layer1", "layer3");
  swapped.towards = ClassLogit{3};
  std::swap(swapped.earlier_groups, swapped.later_groups);
  CHECK(!test::refusal([&] { flows(small.sweeps, small.picture, swapped); }).empty());
  std::stop_source stop;
  stop.request_stop();
  Control control;
  control.stop = stop.get_token();
  CHECK_THROWS_AS(flows(small.sweeps, small.picture, request, control), Cancelled);
}

}  // namespace tessera::test::flows_test
