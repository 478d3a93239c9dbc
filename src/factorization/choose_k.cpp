#include "tessera/factorization/choose_k.h"

#include <algorithm>

#include "factorization/require.h"
#include "tessera/base/error.h"
#include "tessera/factorization/matching.h"

namespace tessera::factorization {
namespace {

// Mean over matched groups; groups that are empty in both count as the same.
double likeness(const Factorization& one, const Factorization& other) {
  const Matrix gain = cosines(one, other, Likeness::groups);
  const std::vector<int> assigned = best_assignment(gain);
  const auto needed = [](const Factorization& factorization) {
    return std::count_if(factorization.explained.begin(), factorization.explained.end(),
                         [](double share) { return share > 0; });
  };
  const auto count = std::max(needed(one), needed(other));
  double sum = 0;
  for (std::size_t i = 0; i < assigned.size(); ++i) sum += std::max(0.0f, gain.at(int(i), assigned[i]));
  return count > 0 ? sum / double(count) : 1;
}

Factorization with_empty_atom(const Factorization& before) {
  Factorization result = before;
  const int atoms = before.atoms();
  result.maps = Matrix(before.positions(), atoms + 1);
  for (int p = 0; p < before.positions(); ++p)
    std::ranges::copy(before.maps.row(p), result.maps.row(p).begin());
  result.directions = Matrix(atoms + 1, before.channels());
  std::ranges::copy(before.directions.values, result.directions.values.begin());
  result.explained.push_back(0);
  return result;
}

double stability_of(const Factorization& solution, MatrixView a, const KOptions& options,
                    const Watch& watch) {
  double sum = 0;
  int compared = 0;
  for (int i = 0; i < options.seeds && !watch.stop.stop_requested(); ++i) {
    NmfOptions start;
    start.k = solution.atoms();
    start.start = Start::random;
    start.restarts = 0;
    start.seed = options.seed + 1000 + std::uint64_t(i);  // away from the seeds of the restarts
    sum += likeness(solution, nmf(a, start, {watch.stop, {}}));
    ++compared;
  }
  return compared > 0 ? sum / compared : 1;
}

}  // namespace

std::vector<KFacts> explore_k(MatrixView a, const KOptions& options, const Watch& watch,
                              const std::function<void(const KFacts&)>& found) {
  require_count(options.first);
  require_count(options.last);
  if (options.first > options.last) throw Error("the range of numbers of groups is empty");
  std::vector<KFacts> curve;
  const int count = options.last - options.first + 1;
  for (int k = options.first; k <= options.last && !watch.stop.stop_requested(); ++k) {
    NmfOptions fresh;
    fresh.k = k;
    fresh.seed = options.seed;
    fresh.restarts = options.restarts;
    fresh.finalists = options.restarts + 1;
    const Watch inner{watch.stop, {}};
    KFacts facts{k, nmf(a, fresh, inner), 1};
    if (!curve.empty()) {
      NmfOptions continued = fresh;
      continued.previous = &curve.back().factorization;
      continued.restarts = 0;
      Factorization grown = nmf(a, continued, inner);
      if (grown.residual < facts.factorization.residual) facts.factorization = std::move(grown);
      // Where everything is explained already, rounding alone decides.
      const Factorization& before = curve.back().factorization;
      if (before.residual < facts.factorization.residual) facts.factorization = with_empty_atom(before);
    }
    facts.stability = stability_of(facts.factorization, a, options, watch);
    if (watch.stop.stop_requested()) break;
    curve.push_back(std::move(facts));
    if (found) found(curve.back());
    if (watch.progress)
      watch.progress({float(curve.size()) / float(count), curve.back().factorization.iterations,
                      curve.back().factorization.residual});
  }
  return curve;
}

int knee(std::span<const double> curve) {
  if (curve.size() < 3) return -1;
  const double fall = curve.front() - curve.back();
  if (!(fall > 0)) return -1;
  int best = -1;
  double farthest = 1e-9;
  for (std::size_t i = 0; i < curve.size(); ++i) {
    const double along = double(i) / double(curve.size() - 1);
    const double below = (curve.front() - curve[i]) / fall - along;
    if (below > farthest) {
      farthest = below;
      best = int(i);
    }
  }
  return best;
}

}  // namespace tessera::factorization
