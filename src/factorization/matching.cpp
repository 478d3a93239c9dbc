#include "tessera/factorization/matching.h"

#include <algorithm>
#include <limits>
#include <numeric>
#include <set>

#include "factorization/eigen.h"
#include "tessera/base/error.h"

namespace tessera::factorization {
namespace {

// Shortest augmenting paths with potentials (Jonker and Volgenant 1987): one row after the other is given a
// column, and rows that are in its way move on. Rows <= columns.
std::vector<int> cheapest(const RowMajorDouble& cost) {
  const int rows = int(cost.rows()), columns = int(cost.cols());
  constexpr int none = -1;
  std::vector<double> row_potential(std::size_t(rows), 0), column_potential(std::size_t(columns), 0);
  std::vector<int> row_of(std::size_t(columns), none);
  for (int start = 0; start < rows; ++start) {
    std::vector<double> distance(std::size_t(columns), std::numeric_limits<double>::infinity());
    std::vector<int> came_from(std::size_t(columns), none);  // the column before, on the path
    std::vector<bool> done(std::size_t(columns), false);
    int row = start, last = none;
    double reached = 0;
    while (true) {
      int next = none;
      for (int column = 0; column < columns; ++column) {
        const std::size_t c = std::size_t(column);
        if (done[c]) continue;
        const double through =
            reached + cost(row, column) - row_potential[std::size_t(row)] - column_potential[c];
        if (through < distance[c]) {
          distance[c] = through;
          came_from[c] = last;
        }
        if (next == none || distance[c] < distance[std::size_t(next)]) next = column;
      }
      reached = distance[std::size_t(next)];
      done[std::size_t(next)] = true;
      last = next;
      if (row_of[std::size_t(next)] == none) break;
      row = row_of[std::size_t(next)];
    }
    for (int column = 0; column < columns; ++column) {
      const std::size_t c = std::size_t(column);
      if (!done[c] || column == last) continue;
      row_potential[std::size_t(row_of[c])] += reached - distance[c];
      column_potential[c] -= reached - distance[c];
    }
    row_potential[std::size_t(start)] += reached;
    while (came_from[std::size_t(last)] != none) {
      row_of[std::size_t(last)] = row_of[std::size_t(came_from[std::size_t(last)])];
      last = came_from[std::size_t(last)];
    }
    row_of[std::size_t(last)] = start;
  }
  std::vector<int> column_of(std::size_t(rows), none);
  for (int column = 0; column < columns; ++column)
    if (row_of[std::size_t(column)] != none) column_of[std::size_t(row_of[std::size_t(column)])] = column;
  return column_of;
}

// Cosines between the rows of two matrices; 0 where one of them is zero.
RowMajor row_cosines(RowMajor one, RowMajor other) {
  for (RowMajor* matrix : {&one, &other})
    for (Eigen::Index r = 0; r < matrix->rows(); ++r) matrix->row(r).stableNormalize();
  return one * other.transpose();
}

}  // namespace

std::vector<int> best_assignment(const Matrix& gain) {
  if (gain.rows == 0 || gain.columns == 0) return std::vector<int>(std::size_t(gain.rows), -1);
  require_finite(gain, "");
  const RowMajorDouble cost = -map(gain).cast<double>();
  if (gain.rows <= gain.columns) return cheapest(cost);
  std::vector<int> column_of(std::size_t(gain.rows), -1);
  const std::vector<int> row_of = cheapest(cost.transpose());
  for (std::size_t column = 0; column < row_of.size(); ++column)
    column_of[std::size_t(row_of[column])] = int(column);
  return column_of;
}

Matrix cosines(const Factorization& earlier, const Factorization& later, Likeness likeness) {
  if (earlier.channels() != later.channels())
    throw Error("groups of layers with different channels cannot be matched");
  Matrix result(earlier.atoms(), later.atoms());
  map(result) = row_cosines(map(earlier.directions), map(later.directions));
  if (likeness == Likeness::groups) {
    if (earlier.positions() != later.positions())
      throw Error("groups of different sizes cannot be matched by their maps");
    map(result).array() *= row_cosines(map(earlier.maps).transpose(), map(later.maps).transpose()).array();
  }
  return result;
}

std::vector<Match> match(const Factorization& earlier, const Factorization& later, Likeness likeness,
                         float least_cosine) {
  const Matrix likenesses = cosines(earlier, later, likeness);
  const std::vector<int> assigned = best_assignment(likenesses);
  std::vector<Match> matches(std::size_t(later.atoms()));
  for (std::size_t i = 0; i < assigned.size(); ++i) {
    if (assigned[i] < 0) continue;
    const float cosine = likenesses.at(int(i), assigned[i]);
    if (cosine >= least_cosine) matches[std::size_t(assigned[i])] = {int(i), cosine};
  }
  return matches;
}

std::vector<int> first_identities(const Factorization& factorization) {
  std::vector<int> identities(std::size_t(factorization.atoms()));
  std::iota(identities.begin(), identities.end(), 0);
  return identities;
}

std::vector<int> continued_identities(const std::vector<int>& earlier, const std::vector<Match>& matches) {
  std::vector<int> identities(matches.size(), -1);
  std::set<int> taken;
  for (std::size_t i = 0; i < matches.size(); ++i) {
    if (matches[i].previous < 0) continue;
    identities[i] = earlier.at(std::size_t(matches[i].previous));
    taken.insert(identities[i]);
  }
  int next = 0;
  for (int& identity : identities) {
    if (identity >= 0) continue;
    while (taken.contains(next)) ++next;
    identity = next++;
  }
  return identities;
}

std::vector<int> continued_order(const std::vector<Match>& matches) {
  std::vector<int> order(matches.size());
  std::iota(order.begin(), order.end(), 0);
  const auto place = [&](int atom) {
    const int previous = matches[std::size_t(atom)].previous;
    return previous < 0 ? std::numeric_limits<int>::max() : previous;
  };
  std::stable_sort(order.begin(), order.end(), [&](int one, int other) { return place(one) < place(other); });
  return order;
}

}  // namespace tessera::factorization
