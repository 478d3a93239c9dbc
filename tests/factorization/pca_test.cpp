#include "tessera/factorization/pca.h"

#include <cmath>
#include <numeric>

#include "factorization/planted.h"
#include "support/catch.h"

namespace tessera::test::pca_test {

using namespace tessera;
using namespace tessera::factorization;
using test::Approx;

TEST_CASE("principal components of two crossed directions are found exactly", "[factorization]") {
  // About the mean (5, 7, 1): ±4 along (0.6, 0.8, 0), ±1 along (-0.8, 0.6, 0).
  const float offsets[4][2] = {{4, 0}, {-4, 0}, {0, 1}, {0, -1}};
  Matrix a(4, 3);
  for (int p = 0; p < 4; ++p) {
    const float one = offsets[p][0], other = offsets[p][1];
    a.at(p, 0) = 5 + 0.6f * one - 0.8f * other;
    a.at(p, 1) = 7 + 0.8f * one + 0.6f * other;
    a.at(p, 2) = 1;
  }
  const Factorization found = pca(a, 2);
  REQUIRE(found.atoms() == 3);
  CHECK(found.mean_atom == 2);
  CHECK(found.residual < 1e-6);
  CHECK(found.directions.at(0, 0) == Approx(0.6).margin(1e-6));
  CHECK(found.directions.at(0, 1) == Approx(0.8).margin(1e-6));
  CHECK(found.maps.at(0, 0) == Approx(4));
  CHECK(found.maps.at(1, 0) == Approx(-4));
  // Its entry of largest magnitude is positive.
  CHECK(found.directions.at(1, 0) == Approx(0.8).margin(1e-6));
  CHECK(found.directions.at(1, 1) == Approx(-0.6).margin(1e-6));
  const double mean_length = std::sqrt(25.0 + 49 + 1);
  CHECK(found.maps.at(3, 2) == Approx(mean_length));
  CHECK(found.directions.at(2, 1) == Approx(7 / mean_length));
  const std::vector<double> shares = variance_shares(found);
  CHECK(shares[0] == Approx(32.0 / 34));
  CHECK(shares[1] == Approx(2.0 / 34));
  CHECK(shares[2] == 0);
}

TEST_CASE("components are orthonormal, in descending order, and add up to the values at full rank",
          "[factorization]") {
  const bool wide = GENERATE(true, false);
  const Matrix a = wide ? test::random_matrix(12, 30, 1, -1) : test::random_matrix(30, 12, 1, -1);
  const Factorization found = pca(a, 12);
  CHECK(found.residual < 1e-5);
  const std::vector<double> shares = variance_shares(found);
  CHECK(std::accumulate(shares.begin(), shares.end(), 0.0) == Approx(1));
  for (int i = 0; i + 1 < 12; ++i) CHECK(shares[std::size_t(i)] >= shares[std::size_t(i) + 1]);
  const int needed = wide ? 11 : 12;  // the mean takes one of the 12 positions' freedoms
  for (int i = 0; i < 12; ++i)
    for (int j = 0; j <= i; ++j) {
      const auto one = found.directions.row(i), other = found.directions.row(j);
      const double inner = std::inner_product(one.begin(), one.end(), other.begin(), 0.0);
      CHECK(inner == Approx(i == j && i < needed ? 1 : 0).margin(1e-5));
    }
}

TEST_CASE("no other basis of as many directions explains more than the principal one", "[factorization]") {
  const Matrix a = test::random_matrix(40, 25, 2);
  const double best = pca(a, 3).residual;
  const Factorization more = pca(a, 4);
  CHECK(more.residual < best);
  // Without its second component instead of its last: worse.
  Factorization other = more;
  for (int p = 0; p < 40; ++p) other.maps.at(p, 1) = 0;
  CHECK(test::relative_difference(test::product(other.maps, other.directions), a) > best);
}

TEST_CASE("a small variance about a large mean keeps its shares", "[factorization]") {
  Matrix a = test::random_matrix(50, 20, 3);
  const std::vector<double> plain = variance_shares(pca(a, 5));
  for (float& value : a.values) value = std::round(value * 256) / 256;
  const std::vector<double> rounded = variance_shares(pca(a, 5));
  for (float& value : a.values) value += 256;  // exact in float32
  const std::vector<double> shifted = variance_shares(pca(a, 5));
  for (std::size_t i = 0; i < 5; ++i) {
    CHECK(shifted[i] == Approx(rounded[i]).epsilon(1e-6));
    CHECK(shifted[i] == Approx(plain[i]).epsilon(0.05));
  }
}

TEST_CASE("where nothing varies there is a mean and no component", "[factorization]") {
  Matrix constant(6, 4);
  for (float& value : constant.values) value = 0.1f;
  const Matrix position = test::random_matrix(1, 4, 4);
  for (const Matrix& a : {constant, position}) {
    const Factorization found = pca(a, 3);
    CHECK(found.residual < 1e-6);
    for (int i = 0; i < 3; ++i) {
      CHECK(found.explained[std::size_t(i)] == 0);
      CHECK(norm(MatrixView(found.directions.row(i).data(), 1, 4)) == 0);
    }
    CHECK(found.explained[3] == Approx(1));
    CHECK(variance_shares(found) == std::vector<double>(4, 0.0));
  }
  const Factorization zero = pca(Matrix(6, 4), 2);
  CHECK(zero.residual == 0);
  CHECK(norm(zero.directions) == 0);
  CHECK(variance_shares(zero) == std::vector<double>(3, 0.0));
}

}  // namespace tessera::test::pca_test
