#include "tessera/factorization/clusters.h"

#include <cmath>
#include <set>

#include "factorization/planted.h"
#include "support/catch.h"

namespace tessera::test::clusters_test {

using namespace tessera;
using namespace tessera::factorization;
using test::Approx;

namespace {

ClusterOptions with_k(int k) {
  ClusterOptions options;
  options.k = k;
  return options;
}

// The one atom of a position; -1 where none or several are there.
int cluster_of(const Factorization& found, int position) {
  int cluster = -1;
  for (int i = 0; i < found.atoms(); ++i)
    if (found.maps.at(position, i) != 0) cluster = cluster < 0 ? i : -2;
  return cluster < 0 ? -1 : cluster;
}

}  // namespace

TEST_CASE("positions that lie together are one cluster", "[factorization]") {
  constexpr int k = 5, each = 12;
  const Matrix centres = test::random_matrix(k, 30, 1, -10, 10);
  Matrix a = test::random_matrix(k * each, 30, 2, -0.2f, 0.2f);
  for (int p = 0; p < a.rows; ++p)
    for (int c = 0; c < 30; ++c) a.at(p, c) += centres.at(p % k, c);
  ClusterOptions options = with_k(k);
  options.restarts = 20;
  const Factorization found = clusters(a, options);
  CHECK(found.converged);
  std::set<int> used;
  for (int p = 0; p < a.rows; ++p) {
    const int cluster = cluster_of(found, p);
    REQUIRE(cluster >= 0);
    CHECK(cluster == cluster_of(found, p % k));
    used.insert(cluster);
  }
  CHECK(int(used.size()) == k);
  CHECK(found.residual < 0.05);
}

TEST_CASE("an atom is the mean of its positions, which are nearer to it than to any other",
          "[factorization]") {
  const Matrix a = test::random_matrix(80, 10, 3);
  const Factorization found = clusters(a, with_k(6));
  REQUIRE(found.converged);
  const Matrix fit = test::product(found.maps, found.directions);
  for (int p = 0; p < 80; ++p) {
    const int own = cluster_of(found, p);
    REQUIRE(own >= 0);
    const auto distance = [&](int cluster) {
      double sum = 0;
      int members = 0;
      std::vector<double> mean(10, 0);
      for (int q = 0; q < 80; ++q)
        if (cluster_of(found, q) == cluster) {
          ++members;
          for (int c = 0; c < 10; ++c) mean[std::size_t(c)] += a.at(q, c);
        }
      for (int c = 0; c < 10; ++c) {
        const double d = mean[std::size_t(c)] / members - (cluster == own ? fit.at(p, c) : a.at(p, c));
        sum += d * d;
      }
      return sum;
    };
    CHECK(distance(own) < 1e-9);  // the fit is the mean
    double to_own = 0;
    for (int c = 0; c < 10; ++c) to_own += std::pow(double(a.at(p, c)) - fit.at(p, c), 2);
    for (int other = 0; other < 6; ++other)
      if (other != own) CHECK(to_own <= distance(other) + 1e-6);
  }
}

TEST_CASE("more iterations and more starts never fit worse", "[factorization]") {
  const Matrix a = test::random_matrix(100, 8, 4);
  ClusterOptions options = with_k(7);
  options.restarts = 0;
  double before = 2;
  for (const int iterations : {0, 1, 2, 4, 8, 100}) {
    options.max_iterations = iterations;
    const double residual = clusters(a, options).residual;
    CHECK(residual <= before + 1e-6);
    before = residual;
  }
  options.restarts = 10;
  CHECK(clusters(a, options).residual <= before + 1e-6);
}

TEST_CASE("the unit of the values does not matter to clusters", "[factorization]") {
  const Matrix a = test::random_matrix(40, 12, 5, -1);
  const Factorization plain = clusters(a, with_k(4));
  for (const float factor : {0x1p-100f, 0x1p-30f, 0x1p30f, 0x1p100f}) {
    Matrix scaled = a;
    for (float& value : scaled.values) value *= factor;
    const Factorization found = clusters(scaled, with_k(4));
    CHECK(found.residual == Approx(plain.residual));
    for (int p = 0; p < 40; ++p) CHECK(cluster_of(found, p) == cluster_of(plain, p));
  }
}

TEST_CASE("clusters that nothing needs are empty", "[factorization]") {
  Matrix two(10, 3);
  for (int p = 0; p < 10; ++p) two.at(p, p % 2) = 1;
  const Factorization found = clusters(two, with_k(5));
  CHECK(found.atoms() == 5);
  CHECK(found.residual < 1e-6);
  for (int i = 2; i < 5; ++i) CHECK(found.explained[std::size_t(i)] == 0);

  const Factorization more = clusters(test::random_matrix(3, 4, 6), with_k(8));  // than positions
  CHECK(more.atoms() == 8);
  CHECK(more.residual < 1e-6);
  const Factorization zero = clusters(Matrix(5, 4), with_k(3));
  CHECK(zero.residual == 0);
  CHECK(norm(zero.maps) == 0);
}

}  // namespace tessera::test::clusters_test
