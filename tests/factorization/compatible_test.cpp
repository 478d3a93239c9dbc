#include "tessera/factorization/compatible.h"

#include <algorithm>
#include <cmath>
#include <numeric>

#include "factorization/planted.h"
#include "support/catch.h"
#include "tessera/base/error.h"
#include "tessera/factorization/split.h"

namespace tessera::test::compatible_test {

using namespace tessera;
using namespace tessera::factorization;
using test::Approx;

namespace {

constexpr int positions = 60, channels = 30;

Request with_k(int k) {
  Request request;
  request.k = k;
  return request;
}

// A later layer with two groups: what the earlier one has in its first half goes to the one, in its second to
// the other, which the three patterns of the earlier layer, each in both halves, do not show by themselves.
Matrix earlier_layer() { return test::planted(positions, channels, 3, 1).values; }
std::vector<Matrix> by_halves(const Matrix& a) {
  std::vector<Matrix> to_groups(2, Matrix(a.rows, a.columns));
  for (int p = 0; p < a.rows; ++p)
    for (int c = 0; c < a.columns; ++c)
      to_groups[std::size_t(2 * p / a.rows)].at(p, c) = float(c % 3 + 1) * a.at(p, c);
  return to_groups;
}

}  // namespace

TEST_CASE("copies follow the formula and add up to the values", "[factorization]") {
  const Matrix a = test::random_matrix(7, 5, 1);
  std::vector<Matrix> to_groups = {test::random_matrix(7, 5, 2, -1), test::random_matrix(7, 5, 3, -1),
                                   test::random_matrix(7, 5, 4, -1)};
  for (Matrix& to_group : to_groups) to_group.at(3, 2) = 0;
  const Matrix copies = copies_by_target(a, to_groups);
  REQUIRE(copies.columns == 15);
  for (int p = 0; p < 7; ++p)
    for (int c = 0; c < 5; ++c) {
      double all = 0, sum = 0;
      for (const Matrix& to_group : to_groups) all += std::abs(to_group.at(p, c));
      for (int n = 0; n < 3; ++n) {
        const double share = p == 3 && c == 2 ? 1.0 / 3 : std::abs(to_groups[std::size_t(n)].at(p, c)) / all;
        CHECK(copies.at(p, n * 5 + c) == Approx(a.at(p, c) * share));
        sum += copies.at(p, n * 5 + c);
      }
      CHECK(sum == Approx(a.at(p, c)));
    }
}

TEST_CASE("copies are collapsed: each channel's are added up in the directions", "[factorization]") {
  const Matrix a = earlier_layer();
  const std::vector<Matrix> to_groups = by_halves(a);
  const Factorization on_copies = factorize(copies_by_target(a, to_groups), with_k(4));
  const Factorization found = compatible(a, to_groups, with_k(4));
  REQUIRE(found.channels() == channels);
  Matrix collapsed(4, channels);
  for (int i = 0; i < 4; ++i)
    for (int c = 0; c < channels; ++c)
      collapsed.at(i, c) = on_copies.directions.at(i, c) + on_copies.directions.at(i, channels + c);
  CHECK(test::least_matched_cosine(found, test::as_factorization(on_copies.maps, collapsed)) > 0.99999);
  CHECK(found.residual ==
        Approx(test::relative_difference(test::product(on_copies.maps, collapsed), a)).epsilon(1e-3));
  CHECK(found.norm == Approx(norm(a)));
}

TEST_CASE("with a single target compatible groups are plain ones", "[factorization]") {
  const Matrix a = earlier_layer();
  const std::vector<Matrix> one = {test::random_matrix(positions, channels, 5, -1)};
  const Factorization found = compatible(a, one, with_k(3)), plain = factorize(a, with_k(3));
  CHECK(found.residual == Approx(plain.residual).margin(1e-5));
  CHECK(test::least_matched_cosine(found, plain) > 0.9999);
}

TEST_CASE("compatible groups separate what serves different targets", "[factorization]") {
  const Matrix a = earlier_layer();
  const std::vector<Matrix> to_groups = by_halves(a);
  // The layer has three patterns: of six independent groups the halves may come apart just as well, by
  // chance.
  const double together = concentration(flow_between(factorize(a, with_k(3)), to_groups));
  const double apart = concentration(flow_between(compatible(a, to_groups, with_k(6)), to_groups));
  CHECK(apart > together + 0.1);
}

TEST_CASE("what flows to a target is all of the attribution to it", "[factorization]") {
  const Matrix a = earlier_layer();
  const std::vector<Matrix> to_groups = by_halves(a);
  for (const Factorization& groups : {factorize(a, with_k(4)), compatible(a, to_groups, with_k(4))}) {
    const Matrix flow = flow_between(groups, to_groups);
    REQUIRE(flow.rows == 2);
    REQUIRE(flow.columns == 4);
    const std::vector<Matrix> shares = split_shares(groups);
    for (int i = 0; i < 2; ++i) {
      const Matrix& sent = to_groups[std::size_t(i)];
      const double all = std::accumulate(sent.values.begin(), sent.values.end(), 0.0);
      CHECK(std::accumulate(flow.row(i).begin(), flow.row(i).end(), 0.0) == Approx(all).epsilon(1e-4));
      double first = 0;
      for (std::size_t n = 0; n < sent.values.size(); ++n)
        first += double(shares[0].values[n]) * sent.values[n];
      CHECK(flow.at(i, 0) == Approx(first).margin(1e-4));
    }
  }
}

TEST_CASE("concentration runs from an even spread to a single source", "[factorization]") {
  Matrix flow(2, 3);
  CHECK(concentration(flow) == 0);
  for (float& value : flow.values) value = -2;
  CHECK(concentration(flow) == Approx(0).margin(1e-12));
  Matrix single(2, 3);
  single.at(0, 2) = 5;
  single.at(1, 0) = -1;
  CHECK(concentration(single) == Approx(1));
  single.at(0, 1) = 5;  // of 11 received in all, 10 come from two sources alike
  CHECK(concentration(single) == Approx((10 * (1 - std::log(2) / std::log(3)) + 1) / 11));
  Matrix one(1, 1);
  one.at(0, 0) = 3;
  CHECK(concentration(one) == 1);
}

TEST_CASE("a chain is broken up from the last layer down, and the gain over independent groups reported",
          "[factorization]") {
  const Matrix first = earlier_layer(), second = test::planted(positions, 20, 3, 6).values,
               last = test::planted(positions, 10, 2, 7).values;
  const std::vector<MatrixView> layers = {first, second, last};
  const std::vector<Request> requests = {with_k(6), with_k(5), with_k(2)};
  std::vector<int> asked;
  const AttributionToGroups attribution = [&](int layer, const Factorization& next) {
    asked.push_back(layer);
    const Matrix& values = layer == 0 ? first : second;
    std::vector<Matrix> to_groups(std::size_t(next.atoms()), Matrix(values.rows, values.columns));
    for (int p = 0; p < values.rows; ++p)
      for (int c = 0; c < values.columns; ++c)
        to_groups[std::size_t(p * next.atoms() / values.rows)].at(p, c) = values.at(p, c);
    return to_groups;
  };
  std::vector<float> fractions;
  const ChainComparison found =
      compare_chains(layers, requests, attribution,
                     {{}, [&](const Watch::Progress& progress) { fractions.push_back(progress.fraction); }});
  CHECK(asked == std::vector<int>{1, 0, 1, 0});
  CHECK(std::is_sorted(fractions.begin(), fractions.end()));
  for (const Chain* chain : {&found.compatible, &found.independent}) {
    REQUIRE(chain->layers.size() == 3);
    REQUIRE(chain->flows.size() == 2);
    CHECK(chain->layers[0].channels() == channels);
    CHECK(chain->layers[2].atoms() == 2);
    CHECK(chain->flows[0].rows == 5);
    CHECK(chain->flows[0].columns == 6);
    CHECK(chain->flows[1].rows == 2);
    for (int i = 0; i < 2; ++i)
      CHECK(chain->concentrations[std::size_t(i)] == concentration(chain->flows[std::size_t(i)]));
  }
  CHECK(found.compatible.layers[2].maps == found.independent.layers[2].maps);
  CHECK(found.compatible.concentrations[1] > found.independent.concentrations[1]);
}

TEST_CASE("a stopped chain has its later layers", "[factorization]") {
  const Matrix first = earlier_layer(), last = test::planted(positions, 10, 2, 7).values;
  std::stop_source stop;
  stop.request_stop();
  const Chain chain =
      factorize_chain(std::vector<MatrixView>{first, last}, std::vector<Request>{with_k(3), with_k(2)}, {},
                      true, {stop.get_token(), {}});
  REQUIRE(chain.layers.size() == 1);
  CHECK(chain.layers[0].channels() == 10);
  CHECK(chain.flows.empty());
}

TEST_CASE("compatible layers refuse what does not fit", "[factorization]") {
  const Matrix a = earlier_layer();
  CHECK_THROWS_AS(compatible(a, {}, with_k(3)), Error);
  const std::vector<Matrix> wrong = {Matrix(positions, channels - 1)};
  CHECK_THROWS_AS(compatible(a, wrong, with_k(3)), Error);
  std::vector<Matrix> spoiled = by_halves(a);
  spoiled[1].at(0, 0) = std::nanf("");
  CHECK_THROWS_AS(compatible(a, spoiled, with_k(3)), Error);
  Request components = with_k(3);
  components.method = Method::pca;
  CHECK_THROWS_AS(compatible(a, by_halves(a), components), Error);
  const Matrix negative = test::random_matrix(positions, channels, 8, -1);
  CHECK_THROWS_AS(compatible(negative, by_halves(a), with_k(3)), Error);
  Request clipped = with_k(3);
  clipped.clip_negative = true;
  CHECK(compatible(negative, by_halves(a), clipped).norm == Approx(norm(positive_part(negative))));

  CHECK_THROWS_AS(factorize_chain(std::vector<MatrixView>{a}, std::vector<Request>{with_k(2)}, {}, true),
                  Error);
  CHECK_THROWS_AS(factorize_chain(std::vector<MatrixView>{a, a}, std::vector<Request>{with_k(2)}, {}, true),
                  Error);
  const AttributionToGroups too_few = [&](int, const Factorization&) { return by_halves(a); };
  CHECK_THROWS_AS(factorize_chain(std::vector<MatrixView>{a, a}, std::vector<Request>{with_k(2), with_k(3)},
                                  too_few, true),
                  Error);
}

}  // namespace tessera::test::compatible_test
