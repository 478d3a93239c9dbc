#include "tessera/factorization/facts.h"

#include <cmath>
#include <limits>
#include <numeric>

#include "factorization/planted.h"
#include "support/catch.h"
#include "tessera/base/error.h"
#include "tessera/factorization/factorize.h"
#include "tessera/factorization/split.h"

namespace tessera::test::facts_test {

using namespace tessera;
using namespace tessera::factorization;
using test::Approx;

namespace {

Factorization groups_of(const Matrix& a, Method method = Method::nmf, int k = 4) {
  Request request;
  request.method = method;
  request.k = k;
  return factorize(a, request);
}

double inner(MatrixView one, MatrixView other) {
  return std::inner_product(one.values().begin(), one.values().end(), other.values().begin(), 0.0);
}

}  // namespace

TEST_CASE("group cubes and the residual add up to the values, and magnitudes are those of the cubes",
          "[factorization]") {
  const Method method =
      GENERATE(Method::nmf, Method::semi_nmf, Method::split_nmf, Method::pca, Method::clusters);
  const Matrix a = test::random_matrix(30, 20, 1, method == Method::nmf ? 0.0f : -1.0f);
  const Factorization found = groups_of(a, method);
  Matrix sum = residual_cube(found, a);
  CHECK(norm(sum) == Approx(found.residual * found.norm).epsilon(1e-4));
  for (int i = 0; i < found.atoms(); ++i) {
    const Matrix cube = group_cube(found, i);
    CHECK(magnitude(found, i) == Approx(norm(cube)).epsilon(1e-5));
    CHECK(found.explained[std::size_t(i)] == Approx(inner(cube, a) / inner(a, a)).margin(1e-5));
    for (std::size_t n = 0; n < sum.values.size(); ++n) sum.values[n] += cube.values[n];
  }
  CHECK(test::relative_difference(sum, a) < 1e-6);
}

TEST_CASE(
    "attributions of groups and of the residual are those of their cubes and add up to that of all neurons",
    "[factorization]") {
  const Matrix a = test::random_matrix(30, 20, 2), gradient = test::random_matrix(30, 20, 3, -1);
  const Factorization found = groups_of(a);
  const GroupAttribution attributed = attribution(found, a, gradient);
  REQUIRE(attributed.atoms.size() == 4);
  for (int i = 0; i < 4; ++i)
    CHECK(attributed.atoms[std::size_t(i)] == Approx(inner(group_cube(found, i), gradient)).margin(1e-4));
  CHECK(attributed.residual == Approx(inner(residual_cube(found, a), gradient)).margin(1e-4));
  CHECK(std::accumulate(attributed.atoms.begin(), attributed.atoms.end(), attributed.residual) ==
        Approx(inner(a, gradient)).margin(1e-9));
}

TEST_CASE("neurons are shared out among groups without rest, so attribution is conserved",
          "[factorization]") {
  const Method method = GENERATE(Method::nmf, Method::pca, Method::clusters);
  const Matrix a = test::random_matrix(25, 15, 4), attributed = test::random_matrix(25, 15, 5, -1);
  const Factorization found = groups_of(a, method);
  const std::vector<Matrix> shares = split_shares(found);
  REQUIRE(int(shares.size()) == found.atoms());
  for (std::size_t n = 0; n < a.values.size(); ++n) {
    double sum = 0;
    for (const Matrix& share : shares) {
      CHECK(share.values[n] >= 0);
      sum += share.values[n];
    }
    CHECK(sum == Approx(1).epsilon(1e-5));
  }
  const std::vector<double> parts = shared_out(shares, attributed);
  CHECK(std::accumulate(parts.begin(), parts.end(), 0.0) ==
        Approx(std::accumulate(attributed.values.begin(), attributed.values.end(), 0.0)).margin(1e-3));
  CHECK_THROWS_AS(shared_out(shares, Matrix(25, 14)), Error);
}

TEST_CASE("neurons that no group has are shared equally", "[factorization]") {
  Matrix maps(2, 2), directions(2, 2);
  maps.at(0, 0) = 3;
  maps.at(1, 1) = 1;
  directions.at(0, 0) = 1;
  directions.at(1, 0) = 1;
  const std::vector<Matrix> shares = split_shares(test::as_factorization(maps, directions));
  CHECK(shares[0].at(0, 0) == 1);
  CHECK(shares[1].at(0, 0) == 0);
  CHECK(shares[0].at(0, 1) == 0.5f);
  CHECK(shares[1].at(0, 1) == 0.5f);
}

TEST_CASE("top channels are the largest magnitudes, ties in the channels' order, zeros left out",
          "[factorization]") {
  Matrix directions(1, 5);
  directions.values = {0.1f, -0.8f, 0, 0.5f, -0.5f};
  const Factorization found = test::as_factorization(Matrix(2, 1), directions);
  const std::vector<ChannelWeight> top = top_channels(found, 0, 3);
  REQUIRE(top.size() == 3);
  CHECK(top[0].channel == 1);
  CHECK(top[0].weight == -0.8f);
  CHECK(top[1].channel == 3);
  CHECK(top[2].channel == 4);
  CHECK(top_channels(found, 0, 100).size() == 4);
  CHECK(top_channels(found, 0, 0).empty());
  CHECK(top_channels(found, 0, -1).empty());
  CHECK_THROWS_AS(top_channels(found, 1, 3), Error);
}

TEST_CASE("a map lies over the picture bilinearly between the centres of its cells", "[factorization]") {
  Matrix maps(6, 1);
  maps.values = {0, 2, 4, 6, 8, 10};  // 2 x 3 cells: a plane
  const Factorization found = test::as_factorization(maps, Matrix(1, 1));
  CHECK(map_in_image(found, 0, 2, 3, 2, 3).values == maps.values);
  const Matrix large = map_in_image(found, 0, 2, 3, 8, 12);
  // Cells are 4 x 4 pixels; the centre of cell (y, x) is at pixel 4y + 1.5, 4x + 1.5.
  for (int y = 2; y < 6; ++y)
    for (int x = 2; x < 10; ++x)
      CHECK(large.at(y, x) == Approx(6 * (y - 1.5) / 4 + 2 * (x - 1.5) / 4).margin(1e-5));
  CHECK(large.at(0, 0) == 0);
  CHECK(large.at(7, 11) == 10);
  const Matrix small = map_in_image(found, 0, 2, 3, 1, 1);
  CHECK(small.at(0, 0) == Approx(5));
  CHECK_THROWS_AS(map_in_image(found, 0, 2, 2, 8, 8), Error);
  CHECK_THROWS_AS(map_in_image(found, 0, 0, 3, 8, 8), Error);
  CHECK_THROWS_AS(map_in_image(found, 0, 2, 3, 0, 8), Error);
  CHECK_THROWS_AS(map_in_image(found, -1, 2, 3, 8, 8), Error);
}

TEST_CASE("groups stand from left to right by their centre of mass, empty ones last", "[factorization]") {
  Matrix maps(8, 4);  // 2 x 4 cells
  maps.at(3, 0) = 1;
  maps.at(0, 2) = -5;
  maps.at(5, 3) = 1;
  maps.at(2, 3) = 1;
  const Factorization found = test::as_factorization(maps, Matrix(4, 2));
  CHECK(left_to_right(found, 4) == std::vector<int>{2, 3, 0, 1});
  CHECK_THROWS_AS(left_to_right(found, 3), Error);
  CHECK_THROWS_AS(left_to_right(found, 0), Error);
}

TEST_CASE("facts about values of another shape are refused", "[factorization]") {
  const Matrix a = test::random_matrix(10, 8, 6);
  const Factorization found = groups_of(a);
  CHECK_THROWS_AS(residual_cube(found, Matrix(10, 7)), Error);
  CHECK_THROWS_AS(attribution(found, a, Matrix(9, 8)), Error);
  CHECK_THROWS_AS(magnitude(found, 4), Error);
  CHECK_THROWS_AS(group_cube(found, -1), Error);
  CHECK_THROWS_AS(reordered(found, {0, 1, 2}), Error);
  CHECK_THROWS_AS(reordered(found, {0, 1, 2, 2}), Error);
  CHECK_THROWS_AS(reordered(found, {0, 1, 2, 4}), Error);
}

}  // namespace tessera::test::facts_test
