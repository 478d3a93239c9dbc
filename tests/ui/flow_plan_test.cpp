// What a diagram of flows is made of: nothing that flows may get lost on the way to the screen.
#include "ui/flow_plan.h"

#include <cmath>
#include <memory>

#include "support/catch.h"
#include "ui/widgets/ribbon.h"

namespace tessera::test::flow_plan_test {

using namespace tessera;
using namespace tessera::ui;

namespace {

// A layer of 2 x 2 positions and 3 channels, whose two groups are its first two channels; the third is in no
// group.
std::shared_ptr<const session::LayerGroups> layer(const std::string& name) {
  Cube cube(2, 2, 3);
  cube.values = {3, 0, 0, 0, 4, 0, 0, 0, 2, 0, 0, 0};
  factorization::Factorization found;
  found.maps = factorization::Matrix(4, 2);
  found.maps.values = {3, 0, 0, 4, 0, 0, 0, 0};
  found.directions = factorization::Matrix(2, 3);
  found.directions.values = {1, 0, 0, 0, 1, 0};
  found.norm = std::sqrt(29.0);
  found.residual = 2 / found.norm;
  found.explained = {9.0 / 29, 16.0 / 29};
  session::GroupsRequest request;
  request.layer = name;
  return std::make_shared<const session::LayerGroups>(
      session::describe(request, {std::make_shared<const Cube>(cube), nullptr, true}, found, nullptr));
}

// From two groups and a rest to as many, with a bias.
std::shared_ptr<const attribution::GroupFlows> flow() {
  auto made = std::make_shared<attribution::GroupFlows>();
  made->flows.targets = made->flows.atoms = 3;
  made->flows.values = {2, -1, 0.5f, 0, 3, 0.25f, -0.5f, 0, 1};
  made->bias = {0.5f, -0.25f, 0};
  made->baseline_value = 0.75f;
  made->value = made->baseline_value + 0.125f;
  made->later_gap = 0.125f;
  for (std::size_t i = 0; i < 3; ++i) {
    float sum = made->bias[i];
    for (std::size_t j = 0; j < 3; ++j) sum += made->flows.at(i, j);
    made->later.push_back(sum);
    made->value += sum;
  }
  return made;
}

FlowInputs towards_a_class() {
  FlowInputs inputs;
  inputs.groups = {layer("low"), layer("high")};
  inputs.flows = {flow()};
  inputs.towards = ObjectiveChoice{7, std::nullopt};
  inputs.classes = {7, 3};
  return inputs;
}

std::shared_ptr<const session::GroupAttributions> effects() {
  auto made = std::make_shared<session::GroupAttributions>();
  made->all.logits = {5, 1};
  made->all.baseline_logits = {1, 0.5f};
  made->all.effects.targets = 2;
  made->all.effects.atoms = 3;
  made->all.effects.values = {2, 1, 0.5f, -1, 1, 0.25f};
  return made;
}

double into(const FlowPlan& plan, int column, int node) {
  double sum = 0;
  for (const figure::SankeyLink& link : plan.sankey.links)
    if (link.column + 1 == column && link.target == node) sum += link.value;
  return sum;
}

double out_of(const FlowPlan& plan, int column, int node) {
  double sum = 0;
  for (const figure::SankeyLink& link : plan.sankey.links)
    if (link.column == column && link.source == node) sum += link.value;
  return sum;
}

}  // namespace

TEST_CASE("columns are groups, what is in none, the bias; then classes", "[ui]") {
  const FlowPlan plan = plan_flows(towards_a_class(), FlowHeight::magnitude);
  REQUIRE(plan.columns.size() == 3);
  for (const std::size_t column : {0, 1}) {
    REQUIRE(plan.columns[column].size() == 4);
    CHECK(plan.columns[column][1].kind == FlowNodeKind::group);
    CHECK(plan.columns[column][2].kind == FlowNodeKind::residual);
    CHECK(plan.columns[column][3].kind == FlowNodeKind::bias);
    CHECK(plan.sankey.columns[column][0].weight == test::Approx(3));
    CHECK(plan.sankey.columns[column][1].weight == test::Approx(4));
    CHECK(plan.sankey.columns[column][2].weight == test::Approx(2));
    CHECK_FALSE(plan.sankey.columns[column][0].stays);
    CHECK(plan.sankey.columns[column][2].stays);
    CHECK(plan.sankey.columns[column][3].stays);
  }
  CHECK(plan.columns[2][0].index == 7);
  CHECK(plan.columns[2][1].index == 3);
}

TEST_CASE("what enters a group, the bias included, is what it contributes and what leaves it", "[ui]") {
  const FlowInputs inputs = towards_a_class();
  const FlowPlan plan = plan_flows(inputs, FlowHeight::contribution);
  for (int node = 0; node < 3; ++node) {
    INFO("node " << node);
    const double later = inputs.flows[0]->later[std::size_t(node)];
    CHECK(into(plan, 1, node) == test::Approx(later).margin(1e-6));
    CHECK(out_of(plan, 1, node) == test::Approx(later).margin(1e-6));
    CHECK(plan.columns[1][std::size_t(node)].contribution == test::Approx(later).margin(1e-6));
    CHECK(plan.sankey.columns[1][std::size_t(node)].weight == test::Approx(std::abs(later)).margin(1e-6));
    CHECK(plan.columns[0][std::size_t(node)].contribution ==
          test::Approx(out_of(plan, 0, node)).margin(1e-6));
  }
  CHECK(into(plan, 2, 0) == test::Approx(inputs.flows[0]->value - inputs.flows[0]->later_gap));
  CHECK(into(plan, 2, 1) == 0);  // flows towards one class do not reach another
}

TEST_CASE("what is drawn is in proportion to what flows", "[ui]") {
  const FlowInputs inputs = towards_a_class();
  FlowPlan plan = plan_flows(inputs, FlowHeight::magnitude);
  for (auto& column : plan.sankey.columns)
    for (figure::SankeyNode& node : column) node.least = 12;
  const figure::SankeyLayout layout = figure::lay_out(plan.sankey, {300, 8});
  for (int node = 0; node < 3; ++node) {
    double width = 0;
    for (const figure::SankeyRibbon& ribbon : layout.ribbons) {
      const figure::SankeyLink& link = plan.sankey.links[ribbon.link];
      if (link.column == 0 && link.target == node) width += std::copysign(ribbon.target.height(), link.value);
    }
    CHECK(width / layout.scales[0] == test::Approx(inputs.flows[0]->later[std::size_t(node)]).margin(1e-6));
  }
}

TEST_CASE("a sentence's numbers add up to the objective", "[ui]") {
  const FlowInputs inputs = towards_a_class();
  const auto balance = balance_of(inputs);
  REQUIRE(balance);
  CHECK(balance->groups + balance->residual + balance->bias + balance->missed ==
        test::Approx(balance->value));
  CHECK(balance->groups == test::Approx(inputs.flows[0]->later[0] + inputs.flows[0]->later[1]));
  CHECK(balance->missed == test::Approx(0.125));
}

TEST_CASE("flows that are on their way are not drawn, and nothing is said of them", "[ui]") {
  FlowInputs inputs = towards_a_class();
  inputs.flows = {nullptr};
  CHECK(plan_flows(inputs, FlowHeight::contribution).sankey.links.empty());
  CHECK_FALSE(balance_of(inputs));
  inputs.flows.clear();
  CHECK(plan_flows(inputs, FlowHeight::contribution).sankey.links.empty());
  CHECK_FALSE(balance_of(inputs));
}

TEST_CASE("a single layer goes to the class by what its groups contribute", "[ui]") {
  FlowInputs inputs;
  inputs.groups = {layer("only")};
  inputs.effects = effects();
  inputs.towards = ObjectiveChoice{0, 1};
  inputs.classes = {0};
  const FlowPlan plan = plan_flows(inputs, FlowHeight::magnitude);
  CHECK(into(plan, 1, 0) == test::Approx(3 + 0 + 0.25 + 0.5));
  CHECK(out_of(plan, 0, 0) == test::Approx(3));
  const auto balance = balance_of(inputs);
  REQUIRE(balance);
  CHECK(balance->value == test::Approx(4));
  CHECK(balance->missed == test::Approx(0.25));
}

TEST_CASE("class-free flows go on to every class, and know no bias", "[ui]") {
  FlowInputs inputs = towards_a_class();
  auto free = std::make_shared<attribution::GroupFlows>(*flow());
  free->flows.targets = 2;  // there is no rest on the later side
  free->flows.values.resize(6);
  free->bias.clear();
  free->later.clear();
  inputs.flows = {free};
  inputs.towards.reset();
  inputs.effects = effects();
  inputs.classes = {0, 1};
  const FlowPlan plan = plan_flows(inputs, FlowHeight::magnitude);
  CHECK(plan.columns[0].size() == 3);
  CHECK(into(plan, 1, 2) == 0);
  CHECK(into(plan, 2, 0) == test::Approx(3.5));
  CHECK(into(plan, 2, 1) == test::Approx(0.25));
  CHECK(plan.columns[2][0].contribution == test::Approx(5));
  CHECK_FALSE(balance_of(inputs));
}

TEST_CASE("a ribbon is hit where it is drawn", "[ui]") {
  const Ribbon ribbon{100, 200, 50, 150, 10};
  CHECK(ribbon.middle(100) == 50);
  CHECK(ribbon.middle(150) == 100);
  CHECK(ribbon.middle(200) == 150);
  CHECK(on_ribbon(ribbon, {101, 54}, 0));
  CHECK_FALSE(on_ribbon(ribbon, {101, 58}, 0));
  CHECK(on_ribbon(ribbon, {101, 58}, 4));
  CHECK_FALSE(on_ribbon(ribbon, {99, 50}, 10));
  CHECK_FALSE(on_ribbon(ribbon, {200, 150}, 10));
}

}  // namespace tessera::test::flow_plan_test
