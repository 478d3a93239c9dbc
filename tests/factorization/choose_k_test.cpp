#include "tessera/factorization/choose_k.h"

#include <cmath>

#include "factorization/planted.h"
#include "support/catch.h"
#include "tessera/base/error.h"

namespace tessera::test::choose_k_test {

using namespace tessera;
using namespace tessera::factorization;

namespace {

KOptions up_to(int last) {
  KOptions options;
  options.last = last;
  return options;
}

std::vector<double> residuals(const std::vector<KFacts>& curve) {
  std::vector<double> result;
  for (const KFacts& facts : curve) result.push_back(facts.factorization.residual);
  return result;
}

}  // namespace

TEST_CASE("the residual never grows with k, and the knee is where groups were planted", "[factorization]") {
  const Matrix a = test::planted(120, 80, 4, 1).values;
  const std::vector<KFacts> curve = explore_k(a, up_to(8));
  REQUIRE(curve.size() == 8);
  for (std::size_t i = 0; i < curve.size(); ++i) {
    CHECK(curve[i].k == int(i) + 1);
    CHECK(curve[i].factorization.atoms() == int(i) + 1);
    CHECK(curve[i].stability >= 0);
    CHECK(curve[i].stability <= 1 + 1e-6);
    if (i > 0) CHECK(curve[i].factorization.residual <= curve[i - 1].factorization.residual);
  }
  CHECK(curve[3].factorization.residual < 0.05);
  const int bend = knee(residuals(curve));
  REQUIRE(bend >= 0);
  CHECK(curve[std::size_t(bend)].k == 4);
  CHECK(curve[3].stability > 0.95);
  CHECK(curve[3].stability > curve[6].stability);
}

TEST_CASE("the residual does not grow where there is nothing left to explain", "[factorization]") {
  const Matrix wide = test::random_matrix(3, 40, 2), one = test::random_matrix(1, 12, 3);
  for (const Matrix& a : {wide, one, Matrix(5, 6)}) {
    const std::vector<KFacts> curve = explore_k(a, up_to(8));
    REQUIRE(curve.size() == 8);
    for (std::size_t i = 1; i < 8; ++i) {
      CHECK(curve[i].factorization.residual <= curve[i - 1].factorization.residual);
      CHECK(curve[i].factorization.atoms() == int(i) + 1);
    }
  }
  CHECK(explore_k(Matrix(5, 6), up_to(3)).back().stability == 1);
}

TEST_CASE("one group is found by every start", "[factorization]") {
  CHECK(explore_k(test::random_matrix(40, 30, 4), up_to(1)).front().stability > 0.9999);
}

TEST_CASE("each k is heard of as soon as it is there, and a stop keeps what is finished", "[factorization]") {
  const Matrix a = test::random_matrix(50, 40, 5);
  std::stop_source stop;
  std::vector<int> heard;
  float fraction = 0;
  const Watch watch{stop.get_token(), [&](const Watch::Progress& progress) { fraction = progress.fraction; }};
  const std::vector<KFacts> curve = explore_k(a, up_to(10), watch, [&](const KFacts& facts) {
    heard.push_back(facts.k);
    if (facts.k == 3) stop.request_stop();
  });
  CHECK(heard == std::vector<int>{1, 2, 3});
  CHECK(curve.size() == 3);
  CHECK(fraction == 0.3f);
}

TEST_CASE("the same exploration gives the same bits", "[factorization]") {
  const Matrix a = test::random_matrix(40, 30, 6);
  const std::vector<KFacts> one = explore_k(a, up_to(4)), other = explore_k(a, up_to(4));
  for (std::size_t i = 0; i < 4; ++i) {
    CHECK(one[i].factorization.maps == other[i].factorization.maps);
    CHECK(one[i].stability == other[i].stability);
  }
}

TEST_CASE("ranges of k that make no sense are refused", "[factorization]") {
  const Matrix a = test::random_matrix(5, 5, 7);
  CHECK_THROWS_AS(explore_k(a, {0, 3}), Error);
  CHECK_THROWS_AS(explore_k(a, {1, 33}), Error);
  CHECK_THROWS_AS(explore_k(a, {4, 3}), Error);
  Matrix spoiled = a;
  spoiled.at(0, 0) = std::nanf("");
  CHECK_THROWS_AS(explore_k(spoiled, up_to(2)), Error);
}

TEST_CASE("the knee of a curve is its sharpest bend", "[factorization]") {
  CHECK(knee(std::vector<double>{10, 5, 2, 1.8, 1.6, 1.4}) == 2);
  CHECK(knee(std::vector<double>{1, 0.2, 0.1, 0}) == 1);
  CHECK(knee(std::vector<double>{3, 2, 1, 0}) == -1);
  CHECK(knee(std::vector<double>{1, 0.9, 0.7, 0}) == -1);
  CHECK(knee(std::vector<double>{1, 1, 1}) == -1);
  CHECK(knee(std::vector<double>{1, 0}) == -1);
}

}  // namespace tessera::test::choose_k_test
