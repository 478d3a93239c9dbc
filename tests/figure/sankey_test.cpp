#include "tessera/figure/sankey.h"

#include <algorithm>
#include <cmath>
#include <random>
#include <utility>

#include "support/catch.h"

namespace tessera::test::sankey_test {

using namespace tessera;
using figure::Sankey;
using figure::SankeyLayout;
using figure::SankeyLink;
using figure::SankeyNode;

namespace {

std::vector<SankeyNode> nodes(int count) { return std::vector<SankeyNode>(std::size_t(count), {1, 4}); }

Sankey one_column(std::vector<SankeyNode> column) {
  Sankey made;
  made.columns.push_back(std::move(column));
  return made;
}

// Three columns that are linked each to each.
Sankey random_sankey(unsigned seed) {
  std::mt19937 random(seed);
  std::normal_distribution<double> value;
  Sankey made;
  made.columns = {nodes(5), nodes(6), nodes(3)};
  for (auto& column : made.columns)
    for (SankeyNode& node : column) node.weight = std::abs(value(random));
  for (int column = 0; column < 2; ++column)
    for (int i = 0; i < int(made.columns[std::size_t(column)].size()); ++i)
      for (int j = 0; j < int(made.columns[std::size_t(column) + 1].size()); ++j)
        made.links.push_back({column, i, j, value(random)});
  return made;
}

std::vector<std::vector<int>> as_they_are(const Sankey& sankey) {
  std::vector<std::vector<int>> order;
  for (const auto& column : sankey.columns) {
    order.emplace_back();
    for (int i = 0; i < int(column.size()); ++i) order.back().push_back(i);
  }
  return order;
}

}  // namespace

TEST_CASE("crossing ribbons are counted by the lesser of the two", "[figure]") {
  Sankey sankey{{nodes(2), nodes(2)}, {{0, 0, 1, 3}, {0, 1, 0, -2}}};
  CHECK(figure::crossings(sankey, {{0, 1}, {0, 1}}) == 2);
  CHECK(figure::crossings(sankey, {{1, 0}, {0, 1}}) == 0);
  CHECK(figure::crossings(sankey, {{0, 1}, {1, 0}}) == 0);
  sankey.links.push_back({0, 0, 0, 5});  // shares an end with either
  CHECK(figure::crossings(sankey, {{0, 1}, {0, 1}}) == 2);
}

TEST_CASE("a permutation is untangled altogether", "[figure]") {
  Sankey sankey{{nodes(5), nodes(5)}, {}};
  const int targets[] = {3, 0, 4, 1, 2};
  for (int i = 0; i < 5; ++i) sankey.links.push_back({0, i, targets[i], 1.0 + i});
  CHECK(figure::crossings(sankey, as_they_are(sankey)) > 0);
  CHECK(figure::crossings(sankey, figure::untangled(sankey)) == 0);
}

TEST_CASE("untangling never makes it worse, and leaves alone what is untangled", "[figure]") {
  for (unsigned seed = 0; seed < 20; ++seed) {
    INFO("seed " << seed);
    Sankey sankey = random_sankey(seed);
    const auto order = figure::untangled(sankey);
    CHECK(figure::crossings(sankey, order) <= figure::crossings(sankey, as_they_are(sankey)));
    // Renumbered in the order found, nothing moves; nor when the values change by a little.
    Sankey again = sankey;
    for (SankeyLink& link : again.links) {
      const auto rank = [&](int column, int node) {
        const auto& nodes_there = order[std::size_t(column)];
        return int(std::ranges::find(nodes_there, node) - nodes_there.begin());
      };
      link.source = rank(link.column, link.source);
      link.target = rank(link.column + 1, link.target);
    }
    CHECK(figure::untangled(again) == as_they_are(again));
    for (SankeyLink& link : again.links) link.value *= 1 + 1e-5 * (link.source - link.target);
    CHECK(figure::untangled(again) == as_they_are(again));
  }
}

TEST_CASE("a node that stays is not moved", "[figure]") {
  Sankey sankey{{nodes(2), nodes(2)}, {{0, 0, 1, 1}, {0, 1, 0, 1}}};
  for (auto& column : sankey.columns) column[1].stays = true;
  CHECK(figure::untangled(sankey) == as_they_are(sankey));
}

TEST_CASE("nodes fill their column in proportion and do not overlap", "[figure]") {
  const SankeyLayout layout = figure::lay_out(one_column({{3, 10}, {1, 10}}), {110, 10});
  CHECK(layout.nodes[0][0].height() == test::Approx(10 + 80 * 0.75));
  CHECK(layout.nodes[0][1].height() == test::Approx(10 + 80 * 0.25));
  CHECK(layout.nodes[0][0].top == test::Approx(0));
  CHECK(layout.nodes[0][1].top == test::Approx(layout.nodes[0][0].bottom + 10));
  CHECK(layout.nodes[0][1].bottom == test::Approx(110));
}

TEST_CASE("least heights shrink where there is no room, and a light column stands in the middle",
          "[figure]") {
  const SankeyLayout tight = figure::lay_out(one_column({{1, 60}, {1, 60}}), {70, 10});
  CHECK(tight.nodes[0][0].height() == test::Approx(30));
  CHECK(tight.nodes[0][1].bottom == test::Approx(70));
  const SankeyLayout light = figure::lay_out(one_column({{0, 20}}), {100, 10});
  CHECK(light.nodes[0][0].top == test::Approx(40));
}

TEST_CASE("ribbons are as wide as what flows, fit their nodes, and do not overlap at either end",
          "[figure]") {
  for (unsigned seed = 0; seed < 10; ++seed) {
    INFO("seed " << seed);
    const Sankey sankey = random_sankey(seed);
    const SankeyLayout layout = figure::lay_out(sankey, {400, 8});
    REQUIRE(layout.ribbons.size() == sankey.links.size());
    REQUIRE(layout.scales.size() == 2);
    for (std::size_t column = 0; column < 3; ++column)
      for (std::size_t node = 0; node < sankey.columns[column].size(); ++node) {
        const auto& span = layout.nodes[column][node];
        for (const bool entering : {true, false}) {
          double flow = 0, width = 0;
          std::vector<figure::SankeySpan> ends;
          double scale = 0;
          for (const auto& ribbon : layout.ribbons) {
            const SankeyLink& link = sankey.links[ribbon.link];
            const bool here = entering
                                  ? std::size_t(link.column) + 1 == column && std::size_t(link.target) == node
                                  : std::size_t(link.column) == column && std::size_t(link.source) == node;
            if (!here) continue;
            scale = layout.scales[std::size_t(link.column)];
            ends.push_back(entering ? ribbon.target : ribbon.source);
            width += std::copysign(ends.back().height(), link.value);
            flow += link.value;
            CHECK(ends.back().top >= span.top - 1e-9);
            CHECK(ends.back().bottom <= span.bottom + 1e-9);
          }
          CHECK(width == test::Approx(flow * scale).margin(1e-9));
          std::ranges::sort(ends, {}, &figure::SankeySpan::top);
          for (std::size_t i = 1; i < ends.size(); ++i)
            CHECK(ends[i].top == test::Approx(ends[i - 1].bottom).margin(1e-9));
        }
      }
    for (std::size_t i = 1; i < layout.ribbons.size(); ++i)
      CHECK(layout.ribbons[i].source.height() <= layout.ribbons[i - 1].source.height());
  }
}

TEST_CASE("without flows there is nothing to scale", "[figure]") {
  const SankeyLayout layout = figure::lay_out({{nodes(2), nodes(2)}, {{0, 0, 0, 0}}}, {100, 10});
  CHECK(layout.scales[0] == 0);
  CHECK(layout.ribbons[0].source.height() == 0);
}

TEST_CASE("a ribbon leaves and arrives level", "[figure]") {
  CHECK(figure::ribbon_course(0) == 0);
  CHECK(figure::ribbon_course(0.5) == 0.5);
  CHECK(figure::ribbon_course(1) == 1);
  CHECK(figure::ribbon_course(0.01) < 0.001);
  CHECK(figure::ribbon_course(2) == 1);
}

TEST_CASE("what passes through a node is handed on in proportion", "[figure]") {
  // 0 feeds both nodes of the middle, 1 only the second; both feed the last.
  const Sankey sankey{{nodes(2), nodes(2), nodes(1)},
                      {{0, 0, 0, 4}, {0, 0, 1, -1}, {0, 1, 1, 3}, {1, 0, 0, 2}, {1, 1, 0, 6}}};
  CHECK(figure::shares_through(sankey, 0, 0) == std::vector<double>{1, 1, 0, 1, 0.25});
  CHECK(figure::shares_through(sankey, 1, 1) == std::vector<double>{0, 1, 1, 0, 1});
  CHECK(figure::shares_through(sankey, 2, 0) == std::vector<double>{1, 1, 1, 1, 1});
  const auto back = figure::shares_through(sankey, 1, 0);
  CHECK(back == std::vector<double>{1, 0, 0, 1, 0});
}

TEST_CASE("shares of all nodes of a column add up to the whole", "[figure]") {
  const Sankey sankey = random_sankey(3);
  std::vector<double> sums(sankey.links.size(), 0.0);
  for (int node = 0; node < int(sankey.columns[1].size()); ++node) {
    const auto shares = figure::shares_through(sankey, 1, node);
    for (std::size_t i = 0; i < sums.size(); ++i) sums[i] += shares[i];
  }
  for (const double sum : sums) CHECK(sum == test::Approx(1));
}

TEST_CASE("a node without weight grows with what flows through it, and does not make all ribbons thin",
          "[figure]") {
  Sankey sankey{{nodes(2), nodes(1)}, {{0, 0, 0, 1}, {0, 1, 0, 1}}};
  sankey.columns[0][0].weight = 1;
  sankey.columns[0][1] = {0, 2, false};  // the bias
  sankey.columns[1][0].weight = 1;
  const SankeyLayout layout = figure::lay_out(sankey, {100, 0});
  CHECK(layout.nodes[0][1].height() == test::Approx(30));  // at most so much of a column
  CHECK(layout.scales[0] == test::Approx(30));
  sankey.links[1].value = 0.1;
  CHECK(figure::lay_out(sankey, {100, 0}).nodes[0][1].height() < 12);
}

TEST_CASE("diagrams that are compared fill a column, and widen ribbons, no more than they are allowed",
          "[figure]") {
  const Sankey sankey{{{{1, 0, false}, {3, 0, false}}, {{4, 0, false}}}, {{0, 0, 0, 1}, {0, 1, 0, 3}}};
  const SankeyLayout alone = figure::lay_out(sankey, {100, 0});
  CHECK(alone.nodes[0][1].height() == test::Approx(75));
  CHECK(alone.scales[0] == test::Approx(25));
  const SankeyLayout lesser = figure::lay_out(sankey, {100, 0, {8, 4}, {}});
  CHECK(lesser.nodes[0][0].height() == test::Approx(12.5));
  CHECK(lesser.nodes[0][1].height() == test::Approx(37.5));
  CHECK(lesser.nodes[0][0].top == test::Approx(25));  // in the middle
  CHECK(lesser.nodes[1][0].height() == test::Approx(100));
  CHECK(lesser.scales[0] == test::Approx(12.5));  // what leaves a node still fits it
  const SankeyLayout thin = figure::lay_out(sankey, {100, 0, {}, {5}});
  CHECK(thin.scales[0] == 5);
  CHECK(thin.nodes[0][1].height() == test::Approx(75));
  CHECK(thin.ribbons[0].source.height() == test::Approx(15));
  // No limit, a wider one, and less than what there is.
  CHECK(figure::lay_out(sankey, {100, 0, {1, 0}, {0}}).scales == alone.scales);
  CHECK(figure::lay_out(sankey, {100, 0, {}, {50}}).scales == alone.scales);
}

}  // namespace tessera::test::sankey_test
