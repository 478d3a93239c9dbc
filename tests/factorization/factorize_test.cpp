// What holds for every method alike, and the trivial bases.
#include "tessera/factorization/factorize.h"

#include <algorithm>
#include <cmath>
#include <limits>
#include <numeric>
#include <thread>

#include "factorization/planted.h"
#include "support/catch.h"
#include "tessera/base/error.h"
#include "tessera/factorization/bases.h"

namespace tessera::test::factorize_test {

using namespace tessera;
using namespace tessera::factorization;
using test::Approx;

namespace {

const std::vector<Method> all_methods = {Method::nmf,      Method::semi_nmf, Method::split_nmf, Method::pca,
                                         Method::clusters, Method::channels, Method::positions};

Request with(Method method, int k = 3) {
  Request request;
  request.method = method;
  request.k = k;
  return request;
}

bool finite(const Factorization& found) {
  const auto all = [](const auto& values) {
    return std::ranges::all_of(values, [](double value) { return std::isfinite(value); });
  };
  return all(found.maps.values) && all(found.directions.values) && all(found.explained) &&
         std::isfinite(found.residual) && std::isfinite(found.norm);
}

}  // namespace

TEST_CASE("every method names itself and says of which values its residual is", "[factorization]") {
  const Matrix a = test::random_matrix(20, 12, 1);
  for (const Method method : all_methods) {
    INFO(name(method));
    const Factorization found = factorize(a, with(method));
    CHECK(found.method == method);
    CHECK(found.positions() == 20);
    CHECK(found.channels() == 12);
    CHECK(int(found.explained.size()) == found.atoms());
    CHECK(found.norm == Approx(norm(a)));
    CHECK(found.residual ==
          Approx(test::relative_difference(test::product(found.maps, found.directions), a)).margin(1e-5));
    for (int i = 0; i < found.atoms(); ++i) {
      const auto row = found.directions.row(i);
      CHECK(std::inner_product(row.begin(), row.end(), row.begin(), 0.0) == Approx(1).epsilon(1e-4));
    }
  }
}

TEST_CASE("the unit of the values does not matter to any method", "[factorization]") {
  const Matrix a = test::random_matrix(24, 16, 2);
  for (const Method method : all_methods)
    for (const float factor : {0x1p-110f, 0x1p-20f, 0x1p20f, 0x1p110f}) {
      INFO(name(method) << " x " << factor);
      Matrix scaled = a;
      for (float& value : scaled.values) value *= factor;
      const Factorization plain = factorize(a, with(method)), found = factorize(scaled, with(method));
      CHECK(finite(found));
      CHECK(found.residual == Approx(plain.residual).margin(1e-6));
      CHECK(test::relative_difference(found.directions, plain.directions) < 1e-4);
      CHECK(found.maps.at(3, 0) == Approx(plain.maps.at(3, 0) * factor).epsilon(1e-3));
      CHECK(found.explained[0] == Approx(plain.explained[0]).epsilon(1e-4));
    }
}

TEST_CASE("every method gives the same bits again, on any thread and beside others", "[factorization]") {
  const Matrix a = test::random_matrix(40, 30, 3);
  for (const Method method : all_methods) {
    INFO(name(method));
    const Factorization once = factorize(a, with(method, 5));
    std::vector<Factorization> found(3);
    {
      std::vector<std::jthread> threads;
      for (Factorization& result : found)
        threads.emplace_back([&] { result = factorize(a, with(method, 5)); });
    }
    for (const Factorization& result : found) {
      CHECK(result.maps == once.maps);
      CHECK(result.directions == once.directions);
      CHECK(result.explained == once.explained);
    }
  }
}

TEST_CASE("every method has a defined answer for what has little in it", "[factorization]") {
  Matrix constant(8, 6);
  std::ranges::fill(constant.values, 0.3f);
  Matrix subnormal(8, 6);
  std::ranges::fill(subnormal.values, 1e-40f);
  Matrix spike(8, 6);
  spike.at(2, 3) = 5;
  const Matrix position = test::random_matrix(1, 6, 4), channel = test::random_matrix(8, 1, 5),
               two = test::planted(8, 6, 2, 6).values, single = test::random_matrix(1, 1, 7, 1, 2);
  for (const Method method : all_methods) {
    INFO(name(method));
    const Factorization zero = factorize(Matrix(8, 6), with(method));
    CHECK(finite(zero));
    CHECK(zero.residual == 0);
    CHECK(norm(zero.maps) == 0);
    CHECK(norm(zero.directions) == 0);
    for (const Matrix& a : {constant, subnormal, spike, position, channel, two, single}) {
      INFO(a.rows << " x " << a.columns << ", first " << a.values.front());
      const Factorization found =
          factorize(a, with(method, 7));  // more than the rank, or than the matrix has
      CHECK(finite(found));
      CHECK(found.residual < 2e-2);
    }
  }
}

TEST_CASE("every method refuses what is no number, is empty, or is too large for its sums",
          "[factorization]") {
  const Matrix good = test::random_matrix(6, 5, 8);
  for (const Method method : all_methods) {
    INFO(name(method));
    for (const float bad :
         {std::nanf(""), std::numeric_limits<float>::infinity(), -std::numeric_limits<float>::infinity()}) {
      Matrix spoiled = good;
      spoiled.at(3, 2) = bad;
      CHECK_THROWS_AS(factorize(spoiled, with(method)), Error);
    }
    CHECK_THROWS_AS(factorize(Matrix(), with(method)), Error);
    CHECK_THROWS_AS(factorize(Matrix(0, 5), with(method)), Error);
    CHECK_THROWS_AS(factorize(Matrix(5, 0), with(method)), Error);
    Matrix huge = good;
    std::ranges::fill(huge.values, std::numeric_limits<float>::max());
    CHECK_THROWS_AS(factorize(huge, with(method)), Error);
    if (method == Method::channels || method == Method::positions) continue;
    for (const int k : {-1, 0, 33}) CHECK_THROWS_AS(factorize(good, with(method, k)), Error);
  }
}

TEST_CASE("negative values are refused by NMF with what to do, clipped on request, and welcome elsewhere",
          "[factorization]") {
  const Matrix a = test::random_matrix(12, 9, 9, -1);
  for (const Method method : all_methods) {
    INFO(name(method));
    if (method == Method::nmf)
      CHECK_THROWS_AS(factorize(a, with(method)), Error);
    else
      CHECK(finite(factorize(a, with(method))));
  }
  try {
    factorize(a, with(Method::nmf));
  } catch (const Error& error) {
    CHECK_FALSE(error.remedy().empty());
  }
  Request clipped = with(Method::nmf);
  clipped.clip_negative = true;
  CHECK(factorize(a, clipped).maps == factorize(positive_part(a), with(Method::nmf)).maps);
}

TEST_CASE("a previous solution reaches the search", "[factorization]") {
  const Matrix a = test::planted(80, 40, 5, 10).values;
  Request request = with(Method::nmf, 5);
  request.restarts = 0;
  const Factorization first = factorize(a, request);
  request.previous = &first;
  CHECK(factorize(a, request).iterations < first.iterations);
}

TEST_CASE("channels and positions are atoms too", "[factorization]") {
  const Matrix a = test::random_matrix(5, 4, 11, -1);
  const std::vector<int> which = {2, 0};
  const Factorization channels = channel_basis(a, which);
  REQUIRE(channels.atoms() == 2);
  for (int p = 0; p < 5; ++p) {
    CHECK(channels.maps.at(p, 0) == Approx(a.at(p, 2)));
    CHECK(channels.maps.at(p, 1) == Approx(a.at(p, 0)));
  }
  CHECK(channels.directions.at(0, 2) == 1);
  CHECK(channels.directions.at(1, 0) == 1);

  const Factorization positions = position_basis(a, which);
  double length = 0;
  for (const float value : a.row(2)) length += double(value) * value;
  CHECK(positions.maps.at(2, 0) == Approx(std::sqrt(length)));
  CHECK(positions.maps.at(0, 0) == 0);
  for (int c = 0; c < 4; ++c) CHECK(positions.directions.at(0, c) == Approx(a.at(2, c) / std::sqrt(length)));

  CHECK(factorize(a, with(Method::channels)).residual < 1e-6);
  CHECK(factorize(a, with(Method::positions)).residual < 1e-6);
  CHECK(channel_basis(a, {}).residual == Approx(1));
  for (const std::vector<int>& wrong : {std::vector<int>{4}, {-1}, {1, 1}}) {
    CHECK_THROWS_AS(channel_basis(a, wrong), Error);
    CHECK_THROWS_AS(position_basis(a, std::vector<int>{wrong.front() == 4 ? 5 : wrong.front(), wrong.back()}),
                    Error);
  }
}

}  // namespace tessera::test::factorize_test
