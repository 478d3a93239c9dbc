// Values of both signs: semi-NMF and split-NMF.
#include <algorithm>
#include <cmath>
#include <numeric>

#include "factorization/planted.h"
#include "support/catch.h"
#include "tessera/base/error.h"
#include "tessera/factorization/nmf.h"

namespace tessera::test::signed_test {

using namespace tessera;
using namespace tessera::factorization;
using test::Approx;

namespace {

NmfOptions with_k(int k) {
  NmfOptions options;
  options.k = k;
  return options;
}

bool non_negative(const Matrix& matrix) {
  return std::ranges::all_of(matrix.values, [](float value) { return value >= 0; });
}

test::Planted signed_groups(int k, unsigned seed) {
  test::Planted truth = test::planted(150, 60, k, seed);
  truth.directions = test::random_matrix(k, 60, seed + 2, -1);
  truth.values = test::product(truth.maps, truth.directions);
  return truth;
}

}  // namespace

TEST_CASE("semi-NMF explains planted signed groups, with maps that are not negative and directions that are",
          "[factorization]") {
  const int k = GENERATE(1, 2, 4);
  const test::Planted truth = signed_groups(k, 1);
  NmfOptions options = with_k(k);
  options.tolerance = 1e-6;
  options.max_iterations = 5000;
  options.restarts = 7;
  const Factorization found = semi_nmf(truth.values, options);
  CHECK(found.method == Method::semi_nmf);
  CHECK(found.residual < 1e-2);
  CHECK(non_negative(found.maps));
  CHECK_FALSE(non_negative(found.directions));
}

TEST_CASE("semi-NMF lies between the plain and the signed optimum", "[factorization]") {
  const Matrix a = test::random_matrix(50, 30, 2);
  const double plain = nmf(a, with_k(4)).residual;
  CHECK(semi_nmf(a, with_k(4)).residual < plain);
  Matrix mixed = test::random_matrix(50, 30, 3, -1);
  CHECK(semi_nmf(mixed, with_k(4)).residual > 0.5);  // noise has no four groups
}

TEST_CASE("the error of semi-NMF never grows, and what atoms explain makes up the rest", "[factorization]") {
  const Matrix a = test::random_matrix(60, 40, 4, -1);
  NmfOptions options = with_k(5);
  options.restarts = 0;
  options.tolerance = 0;
  options.max_iterations = 100;
  std::vector<double> residuals;
  const Factorization found = semi_nmf(
      a, options, {{}, [&](const Watch::Progress& progress) { residuals.push_back(progress.residual); }});
  REQUIRE(residuals.size() == 100);
  for (std::size_t i = 1; i < residuals.size(); ++i) CHECK(residuals[i] <= residuals[i - 1] * (1 + 1e-6));
  CHECK(std::accumulate(found.explained.begin(), found.explained.end(), 0.0) ==
        Approx(1 - found.residual * found.residual).epsilon(1e-3));
}

TEST_CASE("semi-NMF continues a previous solution", "[factorization]") {
  const test::Planted truth = signed_groups(4, 5);
  NmfOptions options = with_k(4);
  options.restarts = 0;
  const Factorization four = semi_nmf(truth.values, options);
  options.previous = &four;
  options.max_iterations = 1;
  for (const int k : {4, 5, 7}) {
    options.k = k;
    CHECK(semi_nmf(truth.values, options).residual <= four.residual * (1 + 1e-4));
  }
}

TEST_CASE("split-NMF explains groups whose channels each have one sign, both signs mixed in a direction",
          "[factorization]") {
  test::Planted truth = test::planted(120, 40, 3, 6);
  for (int i = 0; i < 3; ++i)
    for (int c = 1; c < 40; c += 2) truth.directions.at(i, c) *= -1;
  truth.values = test::product(truth.maps, truth.directions);
  NmfOptions options = with_k(3);
  options.tolerance = 1e-6;
  options.max_iterations = 3000;
  const Factorization found = split_nmf(truth.values, options);
  CHECK(found.method == Method::split_nmf);
  CHECK(found.residual < 1e-2);
  CHECK(non_negative(found.maps));
  CHECK(test::least_matched_cosine(found, test::as_factorization(truth.maps, truth.directions)) > 0.99);
  for (int i = 0; i < 3; ++i)
    for (int c = 0; c < 40; ++c) CHECK((c % 2 ? -1 : 1) * found.directions.at(i, c) > -1e-3f);
}

TEST_CASE("split-NMF of values that are not negative is NMF", "[factorization]") {
  const Matrix a = test::random_matrix(30, 20, 7);
  const Factorization split = split_nmf(a, with_k(3)), plain = nmf(a, with_k(3));
  CHECK(split.residual == Approx(plain.residual).epsilon(5e-3));
  CHECK(non_negative(split.directions));
}

TEST_CASE("masks hold for signed methods too", "[factorization]") {
  const auto method = GENERATE(&semi_nmf, &split_nmf);
  test::Planted truth = test::planted(100, 40, 3, 8);
  Matrix spoiled = truth.values;
  for (float& value : spoiled.row(17)) value = -1000;
  for (int p = 0; p < 100; ++p) spoiled.at(p, 31) = 500;
  NmfOptions options = with_k(3);
  options.tolerance = 1e-6;
  options.max_iterations = 3000;
  options.row_weights.assign(100, 1);
  options.row_weights[17] = 0;
  options.column_weights.assign(40, 1);
  options.column_weights[31] = 0;
  const Factorization found = method(spoiled, options, {});
  CHECK(found.residual < 2e-2);
  for (int i = 0; i < 3; ++i) {
    CHECK(found.maps.at(17, i) == 0);
    CHECK(found.directions.at(i, 31) == 0);
  }
  options.column_weights.push_back(1);
  CHECK_THROWS_AS(method(spoiled, options, {}), Error);
}

}  // namespace tessera::test::signed_test
