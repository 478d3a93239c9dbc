#include "tessera/factorization/nmf.h"

#include <algorithm>
#include <cmath>
#include <limits>
#include <numeric>
#include <thread>

#include "factorization/planted.h"
#include "support/catch.h"
#include "tessera/base/error.h"

namespace tessera::test::nmf_test {

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
  return std::all_of(matrix.values.begin(), matrix.values.end(), [](float value) { return value >= 0; });
}

}  // namespace

TEST_CASE("planted groups are found again", "[factorization]") {
  const int k = GENERATE(1, 2, 3, 6, 10);
  const Start start = GENERATE(Start::nndsvd, Start::nndsvda, Start::random);
  const test::Planted truth = test::planted(196, 120, k, 11);
  NmfOptions options = with_k(k);
  options.start = start;
  options.tolerance = 1e-6;
  options.max_iterations = 3000;
  const Factorization found = nmf(truth.values, options);
  CHECK(found.residual < 1e-2);
  CHECK(test::least_matched_cosine(found, test::as_factorization(truth.maps, truth.directions)) > 0.995);
  CHECK(non_negative(found.maps));
  CHECK(non_negative(found.directions));
}

TEST_CASE("the residual is that of maps and directions, and the shares of what is explained make up the rest",
          "[factorization]") {
  const Matrix a = test::random_matrix(60, 90, 1);
  NmfOptions options = with_k(5);
  options.tolerance = 1e-5;
  options.max_iterations = 2000;
  const Factorization found = nmf(a, options);
  CHECK(found.norm == Approx(norm(a)));
  CHECK(found.residual ==
        Approx(test::relative_difference(test::product(found.maps, found.directions), a)).epsilon(1e-4));
  const double explained = std::accumulate(found.explained.begin(), found.explained.end(), 0.0);
  CHECK(explained == Approx(1 - found.residual * found.residual).epsilon(1e-3));
  CHECK(std::is_sorted(found.explained.rbegin(), found.explained.rend()));
  for (int i = 0; i < 5; ++i) {
    const auto row = found.directions.row(i);
    CHECK(std::inner_product(row.begin(), row.end(), row.begin(), 0.0) == Approx(1).epsilon(1e-5));
  }
}

TEST_CASE("the error never grows from one iteration to the next", "[factorization]") {
  const Start start = GENERATE(Start::nndsvd, Start::nndsvda, Start::random);
  const Matrix a = test::random_matrix(100, 80, 2);
  NmfOptions options = with_k(8);
  options.start = start;
  options.restarts = 0;
  options.tolerance = 0;
  options.max_iterations = 150;
  std::vector<double> residuals;
  const Factorization found =
      nmf(a, options, {{}, [&](const Watch::Progress& progress) { residuals.push_back(progress.residual); }});
  REQUIRE(residuals.size() == 150);
  CHECK(found.iterations == 150);
  CHECK_FALSE(found.converged);
  double worst = 0;
  for (std::size_t i = 1; i < residuals.size(); ++i)
    worst = std::max(worst, residuals[i] / residuals[i - 1] - 1);
  CHECK(worst < 1e-6);
  CHECK(residuals.back() < residuals.front());
  CHECK(residuals.back() == Approx(found.residual).epsilon(1e-4));
}

TEST_CASE("the unit of the values does not matter", "[factorization]") {
  const Matrix a = test::random_matrix(50, 40, 3);
  const Factorization plain = nmf(a, with_k(4));
  for (const float factor : {0x1p-100f, 0x1p-20f, 0x1p20f, 0x1p90f}) {
    Matrix scaled = a;
    for (float& value : scaled.values) value *= factor;
    const Factorization found = nmf(scaled, with_k(4));
    CHECK(found.directions == plain.directions);
    CHECK(found.iterations == plain.iterations);
    CHECK(found.residual == Approx(plain.residual));
    CHECK(found.maps.at(3, 0) == Approx(plain.maps.at(3, 0) * factor));
    CHECK(found.explained[0] == Approx(plain.explained[0]));
  }
}

TEST_CASE("the same request gives the same bits, on any thread and beside others", "[factorization]") {
  const Matrix a = test::random_matrix(120, 200, 4);
  const Factorization once = nmf(a, with_k(7));
  std::vector<Factorization> found(4);
  {
    std::vector<std::jthread> threads;
    for (Factorization& result : found) threads.emplace_back([&] { result = nmf(a, with_k(7)); });
  }
  for (const Factorization& result : found) {
    CHECK(result.maps == once.maps);
    CHECK(result.directions == once.directions);
    CHECK(result.residual == once.residual);
  }
}

TEST_CASE("another seed is another start", "[factorization]") {
  const Matrix a = test::random_matrix(40, 40, 5);
  NmfOptions options = with_k(5);
  options.start = Start::random;
  options.restarts = 0;
  options.max_iterations = 3;
  const Factorization one = nmf(a, options);
  options.seed = 1;
  const Factorization other = nmf(a, options);
  CHECK_FALSE(one.maps == other.maps);
  CHECK(other.seed == 1);
}

TEST_CASE("restarts find no worse a solution", "[factorization]") {
  const Matrix a = test::random_matrix(80, 60, 6);
  NmfOptions options = with_k(9);
  options.tolerance = 1e-5;
  options.max_iterations = 3000;
  options.restarts = 0;
  const double single = nmf(a, options).residual;
  options.restarts = 15;
  CHECK(nmf(a, options).residual <= single * 1.0005);
}

TEST_CASE("a previous solution is continued, with the same, more or fewer groups", "[factorization]") {
  const Matrix a = test::planted(150, 100, 6, 7).values;
  NmfOptions options = with_k(6);
  options.restarts = 0;
  const Factorization six = nmf(a, options);
  options.previous = &six;

  const Factorization again = nmf(a, options);
  CHECK(again.iterations < six.iterations);
  CHECK(again.residual <= six.residual * 1.001);

  options.k = 8;
  options.max_iterations = 1;
  CHECK(nmf(a, options).residual <= six.residual);

  options.k = 4;
  options.max_iterations = 300;
  const Factorization four = nmf(a, options);
  CHECK(four.residual > six.residual);
  CHECK(four.residual < 0.6);
}

TEST_CASE("masked positions and channels do not take part", "[factorization]") {
  const test::Planted truth = test::planted(100, 60, 3, 8);
  Matrix spoiled = truth.values;
  NmfOptions options = with_k(3);
  options.row_weights.assign(100, 1);
  options.column_weights.assign(60, 1);
  for (const int p : {0, 17, 99}) {
    options.row_weights[std::size_t(p)] = 0;
    for (float& value : spoiled.row(p)) value = 1000;
  }
  for (const int c : {5, 31}) {
    options.column_weights[std::size_t(c)] = 0;
    for (int p = 0; p < 100; ++p) spoiled.at(p, c) = 500;
  }
  options.tolerance = 1e-6;
  options.max_iterations = 3000;
  const Factorization found = nmf(spoiled, options);
  CHECK(found.residual < 1e-2);
  for (int i = 0; i < 3; ++i) {
    CHECK(found.maps.at(17, i) == 0);
    CHECK(found.directions.at(i, 31) == 0);
  }
  double worst = 0;
  const Matrix fit = test::product(found.maps, found.directions);
  for (int p = 1; p < 17; ++p)
    for (int c = 6; c < 31; ++c)
      worst = std::max(worst, double(std::abs(fit.at(p, c) - truth.values.at(p, c))));
  CHECK(worst < 0.05);
}

TEST_CASE("errors count where weights are large", "[factorization]") {
  const Matrix a = test::random_matrix(40, 30, 9);
  NmfOptions options = with_k(2);
  const auto error_of_first_row = [&](const Factorization& found) {
    const Matrix fit = test::product(found.maps, found.directions);
    double sum = 0;
    for (int c = 0; c < 30; ++c) sum += std::pow(fit.at(0, c) - a.at(0, c), 2);
    return sum;
  };
  const double plain = error_of_first_row(nmf(a, options));
  options.row_weights.assign(40, 1);
  options.row_weights[0] = 1000;
  CHECK(error_of_first_row(nmf(a, options)) < 0.1 * plain);
}

TEST_CASE("a stop request ends the search with what there is", "[factorization]") {
  const Matrix a = test::random_matrix(100, 100, 10);
  NmfOptions options = with_k(10);
  options.tolerance = 0;
  options.max_iterations = 1'000'000;
  std::stop_source stop;
  const Watch watch{stop.get_token(), [&](const Watch::Progress& progress) {
                      if (progress.iteration == 5) stop.request_stop();
                    }};
  const Factorization found = nmf(a, options, watch);
  CHECK_FALSE(found.converged);
  CHECK(found.atoms() == 10);
  CHECK(found.residual < 1);
}

TEST_CASE("values that are all zero have zero groups and no residual", "[factorization]") {
  const Factorization found = nmf(Matrix(10, 8), with_k(3));
  CHECK(found.residual == 0);
  CHECK(found.norm == 0);
  CHECK(found.converged);
  CHECK(found.maps == Matrix(10, 3));
  CHECK(found.directions == Matrix(3, 8));
  CHECK(found.explained == std::vector<double>(3, 0.0));
}

TEST_CASE("constant values are one group", "[factorization]") {
  Matrix a(9, 5);
  std::fill(a.values.begin(), a.values.end(), 2.5f);
  const Factorization found = nmf(a, with_k(1));
  CHECK(found.residual < 1e-5);
  CHECK(found.maps.at(4, 0) == Approx(2.5 * std::sqrt(5.0)));
  CHECK(nmf(a, with_k(4)).residual < 1e-3);
}

TEST_CASE("more groups than the matrix can need become zero", "[factorization]") {
  const Matrix wide = test::random_matrix(3, 20, 12), tall = test::random_matrix(20, 3, 13);
  const Matrix position = test::random_matrix(1, 20, 14);
  for (const Matrix& a : {wide, tall, position}) {
    const Factorization found = nmf(a, with_k(7));
    CHECK(found.atoms() == 7);
    CHECK(found.residual < 2e-2);
    CHECK(found.explained.back() == 0);
    CHECK(norm(found.maps) > 0);
  }
  const test::Planted two = test::planted(50, 40, 2, 15);
  CHECK(nmf(two.values, with_k(6)).residual < 1e-2);
}

TEST_CASE("bad input is refused", "[factorization]") {
  const Matrix good = test::random_matrix(6, 5, 16);
  CHECK_THROWS_AS(nmf(Matrix(), with_k(2)), Error);
  CHECK_THROWS_AS(nmf(Matrix(0, 5), with_k(2)), Error);
  CHECK_THROWS_AS(nmf(good, with_k(0)), Error);
  CHECK_THROWS_AS(nmf(good, with_k(33)), Error);
  for (const float bad : {std::nanf(""), std::numeric_limits<float>::infinity(),
                          -std::numeric_limits<float>::infinity(), -0.5f}) {
    Matrix spoiled = good;
    spoiled.at(3, 2) = bad;
    CHECK_THROWS_AS(nmf(spoiled, with_k(2)), Error);
  }
  NmfOptions options = with_k(2);
  options.row_weights.assign(5, 1);
  CHECK_THROWS_AS(nmf(good, options), Error);
  options.row_weights.assign(6, -1);
  CHECK_THROWS_AS(nmf(good, options), Error);
  options = with_k(2);
  const Factorization other = nmf(test::random_matrix(7, 5, 17), options);
  options.previous = &other;
  CHECK_THROWS_AS(nmf(good, options), Error);
}

}  // namespace tessera::test::nmf_test
