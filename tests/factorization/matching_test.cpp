#include "tessera/factorization/matching.h"

#include <algorithm>
#include <cmath>
#include <numeric>

#include "factorization/planted.h"
#include "support/catch.h"
#include "tessera/base/error.h"
#include "tessera/factorization/nmf.h"

namespace tessera::test::matching_test {

using namespace tessera;
using namespace tessera::factorization;
using test::Approx;

namespace {

// The largest sum over all ways to give as many rows as can be a column of their own.
double best_by_trying(const Matrix& gain) {
  const bool wide = gain.columns >= gain.rows;
  std::vector<int> order(std::size_t(std::max(gain.rows, gain.columns)));
  std::iota(order.begin(), order.end(), 0);
  double best = -1e30;
  do {
    double sum = 0;
    for (int i = 0; i < std::min(gain.rows, gain.columns); ++i)
      sum += wide ? gain.at(i, order[std::size_t(i)]) : gain.at(order[std::size_t(i)], i);
    best = std::max(best, sum);
  } while (std::next_permutation(order.begin(), order.end()));
  return best;
}

Factorization permuted(const Factorization& from, const std::vector<int>& order) {
  Factorization filled = from;
  filled.explained.assign(std::size_t(from.atoms()), 0);
  return reordered(filled, order);
}

}  // namespace

TEST_CASE("no other assignment gains more", "[factorization]") {
  unsigned seed = 0;
  for (int rows = 1; rows <= 6; ++rows)
    for (int columns = 1; columns <= 6; ++columns)
      for (int repeat = 0; repeat < 6; ++repeat) {
        Matrix gain = test::random_matrix(rows, columns, ++seed, -1);
        if (repeat % 2)  // many ties
          for (float& value : gain.values) value = std::round(value * 2);
        const std::vector<int> assigned = best_assignment(gain);
        REQUIRE(int(assigned.size()) == rows);
        std::vector<bool> used(std::size_t(columns), false);
        double sum = 0;
        int given = 0;
        for (int i = 0; i < rows; ++i) {
          const int column = assigned[std::size_t(i)];
          if (column < 0) continue;
          REQUIRE(column < columns);
          CHECK_FALSE(used[std::size_t(column)]);
          used[std::size_t(column)] = true;
          sum += gain.at(i, column);
          ++given;
        }
        CHECK(given == std::min(rows, columns));
        CHECK(sum == Approx(best_by_trying(gain)).margin(1e-6));
      }
}

TEST_CASE("a hidden permutation among 32 is found", "[factorization]") {
  Matrix gain = test::random_matrix(32, 32, 1, 0, 0.5f);
  for (int i = 0; i < 32; ++i) gain.at(i, (7 * i + 3) % 32) = 1;
  const std::vector<int> assigned = best_assignment(gain);
  for (int i = 0; i < 32; ++i) CHECK(assigned[std::size_t(i)] == (7 * i + 3) % 32);
}

TEST_CASE("nothing to assign, and gains that are no numbers", "[factorization]") {
  CHECK(best_assignment(Matrix(0, 3)).empty());
  CHECK(best_assignment(Matrix(2, 0)) == std::vector<int>{-1, -1});
  Matrix spoiled(2, 2);
  spoiled.at(0, 1) = std::nanf("");
  CHECK_THROWS_AS(best_assignment(spoiled), Error);
}

TEST_CASE("cosines are those of directions, or of whole groups, whatever their lengths", "[factorization]") {
  const test::Planted truth = test::planted(20, 15, 3, 2);
  const Factorization one = test::as_factorization(truth.maps, truth.directions);
  Factorization other = one;
  for (float& value : other.directions.values) value *= 0x1p80f;
  for (int p = 0; p < 20; ++p) other.maps.at(p, 1) = p == 4;
  const Matrix directions = cosines(one, other, Likeness::directions);
  const Matrix groups = cosines(one, other, Likeness::groups);
  double inner = 0, first = 0, second = 0;
  for (int c = 0; c < 15; ++c) {
    inner += double(one.directions.at(0, c)) * one.directions.at(2, c);
    first += double(one.directions.at(0, c)) * one.directions.at(0, c);
    second += double(one.directions.at(2, c)) * one.directions.at(2, c);
  }
  CHECK(directions.at(0, 2) == Approx(inner / std::sqrt(first * second)));
  for (int i = 0; i < 3; ++i) CHECK(directions.at(i, i) == Approx(1));
  CHECK(groups.at(0, 0) == Approx(1));
  double length = 0;
  for (int p = 0; p < 20; ++p) length += double(one.maps.at(p, 1)) * one.maps.at(p, 1);
  CHECK(groups.at(1, 1) == Approx(one.maps.at(4, 1) / std::sqrt(length)).margin(1e-6));
  Factorization empty = one;
  std::fill(empty.directions.values.begin(), empty.directions.values.end(), 0.0f);
  CHECK(cosines(one, empty, Likeness::groups) == Matrix(3, 3));
  CHECK_THROWS_AS(cosines(one, test::as_factorization(truth.maps, Matrix(3, 14)), Likeness::directions),
                  Error);
  const Factorization elsewhere = test::as_factorization(Matrix(21, 3), truth.directions);
  CHECK_THROWS_AS(cosines(one, elsewhere, Likeness::groups), Error);
  CHECK(cosines(one, elsewhere, Likeness::directions).at(2, 2) == Approx(1));
}

TEST_CASE("groups keep their identity when their order changes, some leave and some come",
          "[factorization]") {
  const test::Planted truth = test::planted(60, 80, 5, 3);
  const Factorization before = test::as_factorization(truth.maps, truth.directions);
  const Factorization after = permuted(before, {3, 0, 4, 1, 2});
  const std::vector<Match> matches = match(before, after);
  const std::vector<int> identities = continued_identities(first_identities(before), matches);
  CHECK(identities == std::vector<int>{3, 0, 4, 1, 2});
  for (const Match& found : matches) CHECK(found.cosine == Approx(1));
  CHECK(permuted(after, continued_order(matches)).directions == before.directions);
}

TEST_CASE("new groups get the smallest free identities and come last", "[factorization]") {
  const std::vector<Match> matches = {{-1, 0}, {4, 0.9f}, {-1, 0}, {0, 0.8f}};
  CHECK(continued_identities({2, 7, 1, 3, 0}, matches) == std::vector<int>{1, 0, 3, 2});
  CHECK(continued_order(matches) == std::vector<int>{3, 1, 0, 2});
  CHECK_THROWS(continued_identities({5}, matches));
}

TEST_CASE("groups that are too unlike are new", "[factorization]") {
  Matrix directions(2, 4), others(2, 4);
  directions.at(0, 0) = directions.at(1, 1) = 1;
  others.at(0, 0) = others.at(1, 3) = 1;
  others.at(1, 1) = 0.1f;
  const Factorization before = test::as_factorization(Matrix(3, 2), directions);
  const Factorization after = test::as_factorization(Matrix(5, 2), others);
  const std::vector<Match> matches = match(before, after);
  CHECK(matches[0].previous == 0);
  CHECK(matches[1].previous == -1);
  CHECK(match(before, after, Likeness::directions, 0.05f)[1].previous == 1);
}

TEST_CASE("from k to k + 1 every continued group keeps its identity, and one is added", "[factorization]") {
  const Matrix a = test::planted(196, 100, 7, 4).values;
  NmfOptions options;
  options.k = 2;
  options.restarts = 0;
  Factorization before = nmf(a, options);
  std::vector<int> identities = first_identities(before);
  for (int k = 3; k <= 8; ++k) {
    options.k = k;
    options.previous = &before;
    Factorization after = nmf(a, options);
    const std::vector<Match> matches = match(before, after);
    const std::vector<int> next = continued_identities(identities, matches);
    std::vector<int> sorted = next;
    std::sort(sorted.begin(), sorted.end());
    CHECK(std::adjacent_find(sorted.begin(), sorted.end()) == sorted.end());
    int kept = 0;
    for (std::size_t i = 0; i < matches.size(); ++i)
      if (matches[i].previous >= 0) {
        CHECK(next[i] == identities[std::size_t(matches[i].previous)]);
        ++kept;
      }
    CHECK(kept >= k - 2);
    before = std::move(after);
    options.previous = nullptr;
    identities = next;
  }
}

}  // namespace tessera::test::matching_test
