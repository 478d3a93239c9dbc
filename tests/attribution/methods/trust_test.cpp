#include "tessera/attribution/trust.h"

#include "attribution/methods/small.h"
#include "attribution/refusal.h"
#include "support/catch.h"

namespace tessera::test::trust_test {

using namespace tessera;
using namespace tessera::attribution;
using test::Approx;

TEST_CASE("rank correlations of small lists are exact", "[attribution]") {
  using List = std::vector<float>;
  CHECK(rank_correlation(List{1, 2, 3}, List{10, 200, 3000}) == 1.0f);
  CHECK(rank_correlation(List{1, 2, 3}, List{-1, -2, -3}) == -1.0f);
  // One swap among four: 1 - 6·2 / (4·15).
  CHECK(rank_correlation(List{1, 2, 3, 4}, List{2, 1, 3, 4}).value() == Approx(0.8));
  // Ties share their mean rank: ranks 0.5 0.5 2 3 and 0 1 2 3, correlation 4.5 / √(4.5·5).
  CHECK(rank_correlation(List{1, 1, 2, 3}, List{1, 2, 3, 4}).value() == Approx(std::sqrt(0.9)));
  CHECK(!rank_correlation(List{}, List{}));
  CHECK(!rank_correlation(List{1}, List{2}));
  CHECK(!rank_correlation(List{5, 5, 5}, List{1, 2, 3}));
  CHECK_THROWS_AS(rank_correlation(List{1, 2}, List{1}), Error);
}

TEST_CASE("signs agree where both are the same, zero among them", "[attribution]") {
  using List = std::vector<float>;
  CHECK(sign_agreement(List{1, -2, 0, 3}, List{4, -1, 0, -1}) == 0.75f);
  CHECK(sign_agreement(List{0, 1}, List{1, 1}) == 0.5f);
  CHECK(!sign_agreement(List{}, List{}));
  CHECK_THROWS_AS(sign_agreement(List{1, 2}, List{1}), Error);
}

TEST_CASE("where the rest of the network is linear, everything agrees", "[attribution]") {
  test::Small small("tiny_resnet");
  TrustRequest request;
  request.layer = "layer3";
  request.objective = ClassLogit{3};
  const Cube cube = *small.sweeps.activations(small.picture, "layer3");
  const std::vector<Group> groups = test::made_up_groups(cube);
  for (const Atoms& atoms : std::vector<Atoms>{AllChannels{}, AllPositions{}, ChosenChannels{{3, 1, 4}},
                                               GroupCubes{groups, true}, GroupShares{groups, {}}}) {
    request.atoms = atoms;
    const Trust trust = assess_trust(small.sweeps, small.picture, request);
    INFO(to_json(atoms).substr(0, 60));
    CHECK(trust.influences);
    CHECK(trust.linear_total == Approx(trust.value - trust.baseline_value).margin(1e-3));
    CHECK(trust.path_total == Approx(trust.value - trust.baseline_value).margin(1e-3));
    const std::size_t expected =
        std::min<std::size_t>(20, count(atoms, cube.height, cube.width, cube.channels));
    CHECK(trust.compared.size() == expected);
    CHECK(test::largest_difference(trust.linear, trust.path) < 1e-3f * test::largest(trust.path) + 1e-4f);
    CHECK(test::largest_difference(trust.linear, trust.ablation) < 1e-3f * test::largest(trust.path) + 1e-3f);
    CHECK(trust.path_ablation.ranks.value() > 0.95f);
    CHECK(trust.linear_path.signs.value() == 1);
  }
}

TEST_CASE("the largest atoms of the path are compared, each with itself", "[attribution]") {
  test::Small small("tiny_inception");
  TrustRequest request;
  request.layer = "mixed3b";
  request.objective = LogitDifference{7, 8};
  request.atoms = AllPositions{};
  request.most = 5;
  const Trust trust = assess_trust(small.sweeps, small.picture, request);
  AttributionRequest asked;
  asked.layer = request.layer;
  asked.objective = request.objective;
  const std::vector<float> path =
      contributions(attribute(small.sweeps, small.picture, asked), AllPositions{});
  asked.method = "ablation";
  asked.ablated = AllPositions{};
  const std::vector<float> falls = attribute(small.sweeps, small.picture, asked).falls;
  REQUIRE(trust.compared.size() == 5);
  for (std::size_t i = 0; i < 5; ++i) {
    CHECK(trust.path[i] == Approx(path[trust.compared[i]]).margin(1e-5));
    CHECK(trust.ablation[i] == Approx(falls[trust.compared[i]]).margin(1e-5));
  }
  std::size_t larger = 0;
  for (const float value : path) larger += std::abs(value) > std::abs(trust.path.back());
  CHECK(larger == 4);
  CHECK(trust.path_total == Approx(test::sum(path)).margin(1e-4));
  request.most = 1;
  CHECK(test::refuses("trust", [&] { assess_trust(small.sweeps, small.picture, request); }));
}

}  // namespace tessera::test::trust_test
