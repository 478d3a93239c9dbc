#include "tessera/factorization/projection.h"

#include <Eigen/Dense>
#include <cmath>
#include <limits>

#include "factorization/nnls.h"
#include "factorization/planted.h"
#include "support/catch.h"
#include "tessera/base/error.h"

namespace tessera::test::projection_test {

using namespace tessera;
using namespace tessera::factorization;
using test::Approx;

namespace {

Eigen::MatrixXd random(int rows, int columns, unsigned seed, float low) {
  const Matrix values = test::random_matrix(rows, columns, seed, low);
  return Eigen::Map<const Eigen::Matrix<float, -1, -1, Eigen::RowMajor>>(values.values.data(), rows, columns)
      .cast<double>();
}

// The best of all subsets of variables.
double least_error(const Eigen::MatrixXd& b, const Eigen::VectorXd& y) {
  double least = y.squaredNorm();
  for (int subset = 1; subset < (1 << b.cols()); ++subset) {
    std::vector<int> free;
    for (int i = 0; i < b.cols(); ++i)
      if (subset & (1 << i)) free.push_back(i);
    const Eigen::MatrixXd part = b(Eigen::all, free);
    const Eigen::VectorXd x = part.colPivHouseholderQr().solve(y);
    if (x.minCoeff() >= 0) least = std::min(least, (part * x - y).squaredNorm());
  }
  return least;
}

}  // namespace

TEST_CASE("non-negative least squares meets the optimality conditions and no subset is better",
          "[factorization]") {
  for (unsigned seed = 0; seed < 40; ++seed) {
    const int count = 1 + int(seed % 7);
    const Eigen::MatrixXd b = random(9, count, seed, seed % 2 ? -1.0f : 0.0f);
    const Eigen::VectorXd y = random(9, 1, seed + 1000, -1);
    const Eigen::VectorXd x = nnls(b.transpose() * b, b.transpose() * y);
    const Eigen::VectorXd gradient = b.transpose() * (b * x - y);
    CHECK(x.minCoeff() >= 0);
    CHECK(gradient.minCoeff() > -1e-9);
    CHECK(gradient.cwiseProduct(x).cwiseAbs().maxCoeff() < 1e-9);
    CHECK((b * x - y).squaredNorm() == Approx(least_error(b, y)).margin(1e-9));
  }
}

TEST_CASE("directions that depend on each other, are equal or zero do not upset least squares",
          "[factorization]") {
  Eigen::MatrixXd b = random(8, 5, 1, 0);
  b.col(1) = b.col(0);
  b.col(2).setZero();
  b.col(3) = 3 * b.col(0) + b.col(4);
  const Eigen::VectorXd y = random(8, 1, 2, 0);
  const Eigen::VectorXd x = nnls(b.transpose() * b, b.transpose() * y);
  CHECK(x.allFinite());
  CHECK(x.minCoeff() >= 0);
  CHECK(x(2) == 0);
  CHECK((b * x - y).squaredNorm() == Approx(least_error(b, y)).margin(1e-9));
  CHECK(nnls(Eigen::MatrixXd::Zero(3, 3), Eigen::VectorXd::Zero(3)) == Eigen::VectorXd::Zero(3));
}

TEST_CASE("maps on given directions are those that made the values, in any unit", "[factorization]") {
  const test::Planted truth = test::planted(30, 40, 5, 3);
  for (const float factor : {0x1p-90f, 1.0f, 0x1p90f}) {
    Matrix scaled = truth.values;
    for (float& value : scaled.values) value *= factor;
    Matrix maps = project_on_directions(scaled, truth.directions);
    for (float& value : maps.values) value /= factor;
    CHECK(test::relative_difference(maps, truth.maps) < 1e-4);
  }
}

TEST_CASE("values that point away from all directions have empty maps", "[factorization]") {
  Matrix away(3, 40);
  for (float& value : away.values) value = -1;
  CHECK(project_on_directions(away, test::planted(5, 40, 2, 4).directions) == Matrix(3, 2));
}

TEST_CASE("directions for given maps are those that made the values", "[factorization]") {
  const test::Planted truth = test::planted(60, 20, 4, 5);
  for (const bool non_negative : {true, false})
    CHECK(test::relative_difference(directions_for_maps(truth.values, truth.maps, non_negative),
                                    truth.directions) < 1e-4);
  Matrix signed_directions = test::random_matrix(4, 20, 6, -1);
  const Matrix mixed = test::product(truth.maps, signed_directions);
  CHECK(test::relative_difference(directions_for_maps(mixed, truth.maps, false), signed_directions) < 1e-4);
  for (const float value : directions_for_maps(mixed, truth.maps, true).values) CHECK(value >= 0);
}

TEST_CASE("an empty map has an empty direction", "[factorization]") {
  test::Planted truth = test::planted(30, 10, 3, 7);
  for (int p = 0; p < 30; ++p) truth.maps.at(p, 1) = 0;
  for (const bool non_negative : {true, false}) {
    const Matrix directions = directions_for_maps(truth.values, truth.maps, non_negative);
    for (const float value : directions.row(1)) CHECK(std::abs(value) < 1e-6f);
  }
}

TEST_CASE("projections refuse what does not fit or is no number", "[factorization]") {
  const Matrix a = test::random_matrix(6, 5, 8);
  Matrix spoiled = a;
  spoiled.at(1, 1) = std::numeric_limits<float>::quiet_NaN();
  CHECK_THROWS_AS(project_on_directions(a, Matrix(2, 4)), Error);
  CHECK_THROWS_AS(project_on_directions(a, Matrix()), Error);
  CHECK_THROWS_AS(project_on_directions(spoiled, Matrix(2, 5)), Error);
  CHECK_THROWS_AS(project_on_directions(Matrix(2, 5), spoiled), Error);
  CHECK_THROWS_AS(directions_for_maps(a, Matrix(5, 2), true), Error);
  CHECK_THROWS_AS(directions_for_maps(spoiled, Matrix(6, 2), false), Error);
  CHECK_THROWS_AS(directions_for_maps(Matrix(6, 3), spoiled, false), Error);
}

}  // namespace tessera::test::projection_test
