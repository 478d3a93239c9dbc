// What groups contribute to classes and to each other, asked through the engine.
#include <cmath>
#include <numeric>

#include "session/opening.h"
#include "support/catch.h"
#include "support/npz.h"
#include "tessera/attribution/sweeps.h"
#include "tessera/factorization/compatible.h"
#include "tessera/session/ask_groups.h"

namespace tessera::test::group_flows_test {
namespace {

using session::AttributeGroups;
using session::CompatibleGroups;
using session::GroupFlow;
using session::GroupsRequest;
using session::LayerGroups;

std::shared_ptr<const LayerGroups> groups_of(engine::Engine& engine, const std::string& layer, int k = 4) {
  GroupsRequest request;
  request.model = tiny_model("tiny_resnet.pt");
  request.image = small_image();
  request.layer = layer;
  request.k = k;
  return wait_for_groups(engine, request);
}

double sum(const std::vector<float>& values) { return std::accumulate(values.begin(), values.end(), 0.0); }

float largest(const std::vector<float>& values) {
  float result = 0;
  for (const float value : values) result = std::max(result, std::abs(value));
  return result;
}

}  // namespace

TEST_CASE("what groups, residual and bias contribute adds up to the logit", "[session]") {
  Opened opened;
  const auto groups = groups_of(opened.engine, "layer2");
  const auto linear = opened.engine.wait(AttributeGroups{groups, 0, {}});
  const auto path = opened.engine.wait(AttributeGroups{groups, 200, {}});
  REQUIRE(linear->groups() == 4);
  REQUIRE(linear->classes() == 8);
  const auto gradient = opened.engine.wait(
      session::Gradient{groups->model, groups->image, "layer2", attribution::ClassLogit{3}, 0, {}});
  const factorization::GroupAttribution expected =
      factorization::attribution(groups->factorization, *gradient->activations, *gradient->gradient);
  const session::GroupContributions of_linear = linear->to_class(3), of_path = path->to_class(3);
  const float scale = largest(of_linear.groups);
  for (std::size_t i = 0; i < 4; ++i)
    CHECK(of_linear.groups[i] == Approx(expected.atoms[i]).margin(1e-4 * scale));
  CHECK(of_linear.residual == Approx(expected.residual).margin(1e-4 * scale));

  for (const session::GroupContributions& told : {of_linear, of_path}) {
    CHECK(sum(told.groups) + told.residual + told.bias + told.gap == Approx(told.value).margin(1e-4));
    CHECK(told.value == of_path.value);
  }
  CHECK(std::abs(of_path.gap) < 0.02f * (std::abs(of_path.value) + std::abs(of_path.bias)));

  const session::GroupContributions difference = path->to_difference(3, 5), other = path->to_class(5);
  CHECK(difference.value == Approx(of_path.value - other.value));
  CHECK(difference.groups[2] == Approx(of_path.groups[2] - other.groups[2]));
  const std::vector<int> order = by_contribution(of_path);
  for (std::size_t i = 1; i < 4; ++i)
    CHECK(of_path.groups[std::size_t(order[i - 1])] >= of_path.groups[std::size_t(order[i])]);
  CHECK_THROWS_AS(path->to_class(8), Error);
}

TEST_CASE("the recorded groups contribute what was recorded", "[session]") {
  Opened opened;
  const std::string layer = "layer3", which = "/layer3/3";
  const auto arrays = load_npz(reference("tiny/tiny_resnet_dev_chelsea.npz"));
  const auto own = groups_of(opened.engine, layer, 3);
  factorization::Factorization recorded;
  recorded.maps = factorization::Matrix(64, 3);
  recorded.maps.values = arrays.at("nmf_W" + which).values;
  recorded.directions = factorization::Matrix(3, 48);
  recorded.directions.values = arrays.at("nmf_H" + which).values;
  recorded.explained.assign(3, 0);
  GroupsRequest request;
  request.model = own->model;
  request.image = own->image;
  request.layer = layer;
  const auto groups = std::make_shared<const LayerGroups>(
      describe(request, {own->activations, nullptr, true}, recorded, nullptr));
  const auto found = opened.engine.wait(AttributeGroups{groups, 0, {}});
  const npy::Array& expected = arrays.at("group_class" + which);
  const std::vector<float>& classes = arrays.at("classes").values;
  for (std::size_t row = 0; row < classes.size(); ++row)
    for (std::size_t i = 0; i < 3; ++i)
      CHECK(found->all.effects.at(std::size_t(classes[row]), i) ==
            Approx(expected.values[row * 3 + i]).margin(1e-3 * largest(expected.values)));
}

TEST_CASE("flows through several layers lose nothing on the way to the class", "[session]") {
  Opened opened;
  const auto first = groups_of(opened.engine, "layer1", 3), second = groups_of(opened.engine, "layer2", 4),
             third = groups_of(opened.engine, "layer3", 5);
  const attribution::Objective towards = attribution::ClassLogit{3};
  const int steps = GENERATE(0, 200);
  const auto lower = opened.engine.wait(GroupFlow{first, second, towards, steps, {}});
  const auto upper = opened.engine.wait(GroupFlow{second, third, towards, steps, {}});
  REQUIRE(lower->flows.targets == 5);  // the residuals are atoms too
  REQUIRE(lower->flows.atoms == 4);
  REQUIRE(upper->flows.targets == 6);
  REQUIRE(upper->flows.atoms == 5);
  for (const auto& flows : {lower, upper}) {
    const float scale = largest(flows->later) + largest(flows->bias);
    for (std::size_t i = 0; i < flows->flows.targets; ++i) {
      double entering = flows->bias[i];
      for (std::size_t j = 0; j < flows->flows.atoms; ++j) entering += flows->flows.at(i, j);
      CHECK(entering == Approx(flows->later[i]).margin((steps == 0 ? 1e-4 : 0.03) * scale));
    }
    CHECK(sum(flows->later) + flows->baseline_value + flows->later_gap == Approx(flows->value).margin(1e-4));
  }
  if (steps > 0) return;
  // Linear: what enters a group of the middle layer, its bias included, leaves it again.
  for (std::size_t i = 0; i < 5; ++i) {
    double leaving = 0;
    for (std::size_t m = 0; m < 6; ++m) leaving += upper->flows.at(m, i);
    CHECK(leaving == Approx(lower->later[i]).margin(1e-3 * largest(lower->later)));
  }
}

TEST_CASE("class-free flows are there without a class", "[session]") {
  Opened opened;
  const auto first = groups_of(opened.engine, "layer1", 3), second = groups_of(opened.engine, "layer2", 4);
  const auto flows = opened.engine.wait(GroupFlow{first, second, std::nullopt, 0, {}});
  CHECK(flows->flows.targets == 4);
  CHECK(flows->flows.atoms == 4);
  CHECK(flows->later.empty());
}

TEST_CASE("layers are made compatible by what flows between them", "[session]") {
  Opened opened;
  CompatibleGroups query;
  query.model = tiny_model("tiny_resnet.pt");
  query.image = small_image();
  query.layers = {{"layer1", 6}, {"layer2", 5}, {"layer3", 3}};
  const auto chain = opened.engine.wait(query);
  REQUIRE(chain->compatible.size() == 3);
  REQUIRE(chain->independent.size() == 3);
  REQUIRE(chain->compatible_concentration.size() == 2);
  REQUIRE(chain->independent_concentration.size() == 2);
  CHECK(chain->compatible[0]->layer == "layer1");
  CHECK(chain->compatible[0]->groups() == 6);
  CHECK(chain->compatible[2]->factorization.maps == chain->independent[2]->factorization.maps);
  for (std::size_t pair = 0; pair < 2; ++pair) {
    INFO(pair << ": " << chain->independent_concentration[pair] << " -> "
              << chain->compatible_concentration[pair]);
    for (const double measured :
         {chain->compatible_concentration[pair], chain->independent_concentration[pair]}) {
      CHECK(measured > 0);
      CHECK(measured <= 1);
    }
    CHECK(chain->compatible[pair]->key != chain->independent[pair]->key);
  }
  // The independent ones are those that anybody gets who asks for the layer alone.
  CHECK(chain->independent[1]->key == groups_of(opened.engine, "layer2", 5)->key);
  // Colours survive the switch.
  int continued = 0;
  for (const factorization::Match& match : chain->compatible[1]->continued) continued += match.previous >= 0;
  CHECK(continued > 0);
  const auto flows = opened.engine.wait(
      GroupFlow{chain->compatible[1], chain->compatible[2], attribution::ClassLogit{3}, 0, {}});
  CHECK(flows->flows.values.size() == 4 * 6);

  // The measure is that of the flow that the sweeps found: once by hand, for the last pair.
  std::vector<factorization::Matrix> to_groups;
  for (const attribution::Group& group : atoms_of(*chain->independent[2])) {
    const auto gradient = opened.engine.wait(
        session::Gradient{query.model,
                          query.image,
                          "layer2",
                          attribution::GroupActivation{"layer3", group.map, group.direction},
                          0,
                          {}});
    const Cube attributed = attribution::product(*gradient->activations, *gradient->gradient);
    factorization::Matrix matrix(int(attributed.positions()), attributed.channels);
    matrix.values = attributed.values;
    to_groups.push_back(std::move(matrix));
  }
  CHECK(chain->independent_concentration[1] ==
        Approx(factorization::concentration(
                   factorization::flow_between(chain->independent[1]->factorization, to_groups)))
            .margin(1e-4));
}

TEST_CASE("flows and chains that cannot be are refused", "[session]") {
  Opened opened;
  const auto first = groups_of(opened.engine, "layer1", 3), second = groups_of(opened.engine, "layer2", 4);
  CHECK(!refusal_of(opened.engine, GroupFlow{second, first, attribution::ClassLogit{3}, 0, {}}).empty());
  CHECK(!refusal_of(opened.engine, GroupFlow{first, nullptr, attribution::ClassLogit{3}, 0, {}}).empty());
  CHECK(!refusal_of(opened.engine, AttributeGroups{nullptr, 0, {}}).empty());
  CompatibleGroups query;
  query.model = tiny_model("tiny_resnet.pt");
  query.image = small_image();
  query.layers = {{"layer1", 6}};
  CHECK(refusal_of(opened.engine, query).find("two layers") != std::string::npos);
  query.layers = {{"layer3", 6}, {"layer1", 3}};
  CHECK(!refusal_of(opened.engine, query).empty());
  query.layers = {{"bn1", 6}, {"layer1", 3}};
  CHECK(refusal_of(opened.engine, query).find("negative") != std::string::npos);
}

}  // namespace tessera::test::group_flows_test
