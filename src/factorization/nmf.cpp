#include "tessera/factorization/nmf.h"

#include <algorithm>
#include <functional>
#include <optional>
#include <vector>

#include "factorization/eigen.h"
#include "factorization/finish.h"
#include "factorization/hals.h"
#include "factorization/require.h"
#include "factorization/start.h"
#include "factorization/weighting.h"
#include "tessera/base/error.h"

namespace tessera::factorization {
namespace {

void require_non_negative(MatrixView a) {
  for (int r = 0; r < a.rows; ++r)
    if (map(a).row(r).minCoeff() < 0)
      throw Error("the values are partly negative, which non-negative factorization cannot express", "",
                  "Keep only the positive part (--clip), or choose semi-NMF (--method semi-nmf)");
}

void require_shape(const Factorization& previous, MatrixView a) {
  if (previous.positions() != a.rows || previous.channels() != a.columns)
    throw Error("a factorization can only be continued on values of its own shape");
}

double size_of(MatrixView a) {
  const double size = norm(a);
  require_size(size);
  return size;
}

class Search {
 public:
  Search(MatrixView a, const NmfOptions& options, Method method, const Watch& watch)
      : original_(a),
        options_(options),
        method_(method),
        watch_(watch),
        scaled_(scaled(a, size_of(a))),
        // Beyond the smaller side nothing is left to explain.
        atoms_(std::min({options.k, a.rows, a.columns})) {}

  // With restarts, a race: all starts go a few iterations, the better quarter goes on twice as far, and so on
  // until the finalists are left. The race is run on the compressed matrix where that is much cheaper; the
  // finalists are then brought to convergence on the matrix itself, and the best of them is the result.
  Factorization run() {
    constexpr int first_lap = 12, last_lap = 40;
    constexpr int spare =
        4;  // triples beyond the atoms, so that the compressed matrix holds what they may turn to
    if (options_.restarts <= 0) {
      Runner only{begin(0, {}), {}, 0};
      finish_descent(only, 0, 1);
      return result_of(only);
    }
    const TruncatedSvd svd = truncated_svd(scaled_, atoms_ + spare, options_.seed);
    const bool worth_it = 2 * svd.left.atoms <= std::min(original_.rows, original_.columns);
    const Scaled small = worth_it ? compressed(scaled_, svd) : Scaled();
    const Scaled& course = worth_it ? small : scaled_;
    std::vector<Runner> field;
    for (int start = 0; start <= options_.restarts; ++start) {
      if (start > 0 && watch_.stop.stop_requested()) break;
      field.push_back({begin(start, svd), {}, 0});
    }
    const std::size_t finalists = std::size_t(std::max(options_.finalists, 1));
    for (int lap = first_lap; field.size() > finalists; lap *= 2) {
      for (Runner& runner : field) descend(course, runner, lap);
      std::ranges::stable_sort(field, better);
      field.resize(std::max(finalists, (field.size() + 3) / 4));
    }
    for (std::size_t i = 0; i < field.size(); ++i) {
      if (worth_it) descend(course, field[i], last_lap);
      if (worth_it || !field[i].result.converged) finish_descent(field[i], i, field.size());
    }
    Runner& winner = best_of(field);
    return finalists > 1 ? polished(winner) : result_of(winner);
  }

 private:
  struct Runner {
    Pair pair;
    HalsResult result;
    int iterations = 0;
  };

  static bool better(const Runner& one, const Runner& other) {
    return one.result.residual < other.result.residual;
  }

  // The first of those that are as good but for rounding: which one it is must not depend on the unit of A.
  static Runner& best_of(std::vector<Runner>& field) {
    constexpr double as_good = 1 + 1e-5;
    const double least = std::ranges::min_element(field, better)->result.residual;
    return *std::ranges::find_if(
        field, [&](const Runner& runner) { return runner.result.residual <= as_good * least; });
  }

  using Report = std::function<void(const Watch::Progress&)>;

  bool directions_signed() const { return method_ == Method::semi_nmf; }

  Pair begin(int start, const std::optional<TruncatedSvd>& svd) const {
    if (start == 0 && options_.previous)
      return continued(scaled_, original_, atoms_, *options_.previous, directions_signed());
    const bool other_singular =
        start == 1 && options_.finalists > 1 && options_.start != Start::random && !directions_signed();
    if ((start > 0 && !other_singular) || options_.start == Start::random)
      return random_pair(scaled_, atoms_, options_.seed + std::uint64_t(start));
    const bool filled = (options_.start == Start::nndsvda) != other_singular && !directions_signed();
    return nndsvd(scaled_, atoms_, svd ? *svd : truncated_svd(scaled_, atoms_, options_.seed),
                  filled ? float(scaled_.mean) : 0.0f);
  }

  // Who looks for the best of many starts does not want it unfinished. Where A is nearly of the rank that is
  // looked for, the gradient at zero, by which convergence is measured, dwarfs what is left to explain: there
  // it goes on until a lap gains next to nothing. The error is taken from A itself, since the descent's own
  // sums are too rough.
  Factorization polished(Runner& winner) const {
    constexpr double finer = 0.25, nearly_exact = 0.1, worthwhile = 1e-3;
    constexpr int lap = 100, most_laps = 50;
    bool converged = winner.result.converged;
    descend(scaled_, winner, options_.max_iterations, {}, finer * options_.tolerance);
    converged = converged || winner.result.converged;
    Factorization best = result_of(winner);
    for (int i = 0; i < most_laps && best.residual < nearly_exact && !watch_.stop.stop_requested(); ++i) {
      descend(scaled_, winner, lap, {}, 0.0);
      Factorization next = result_of(winner);
      const bool gains = next.residual < (1 - worthwhile) * best.residual;
      if (next.residual < best.residual) best = std::move(next);
      if (!gains) break;
    }
    best.converged = converged;
    return best;
  }

  void descend(const Scaled& a, Runner& runner, int iterations, const Report& report = {},
               std::optional<double> tolerance = {}) const {
    const HalsOptions options{std::min(iterations, options_.max_iterations),
                              tolerance.value_or(options_.tolerance), directions_signed()};
    runner.result = hals(a, runner.pair, options, {watch_.stop, report});
    runner.iterations += runner.result.iterations;
  }

  // To convergence, as one of several of which the watcher hears as one.
  void finish_descent(Runner& runner, std::size_t index, std::size_t count) const {
    Report report;
    if (watch_.progress)
      report = [&](Watch::Progress progress) {
        progress.fraction = (float(index) + progress.fraction) / float(count);
        watch_.progress(progress);
      };
    descend(scaled_, runner, options_.max_iterations, report);
  }

  Factorization result_of(const Runner& winner) const {
    Factorization result;
    result.method = method_;
    result.seed = options_.seed;
    result.iterations = winner.iterations;
    result.converged = winner.result.converged;
    result.maps = Matrix(original_.rows, options_.k);
    result.directions = Matrix(options_.k, original_.columns);
    for (int i = 0; i < atoms_; ++i) {
      const float* from = winner.pair.maps.row(i);
      for (int p = 0; p < original_.rows; ++p) result.maps.at(p, i) = from[p] / scaled_.scale;
      std::copy_n(winner.pair.directions.row(i), original_.columns, result.directions.row(i).begin());
    }
    finish(result, original_);
    return by_explained(result);
  }

  MatrixView original_;
  const NmfOptions& options_;
  Method method_;
  const Watch& watch_;
  Scaled scaled_;
  int atoms_;
};

Factorization search(MatrixView a, const NmfOptions& options, Method method, const Watch& watch) {
  const Weighting weighting(options.row_weights, options.column_weights, a);
  if (weighting.trivial()) return Search(a, options, method, watch).run();
  const Matrix weighted = weighting.apply(a);
  Factorization result = Search(weighted, options, method, watch).run();
  weighting.undo(result);
  return result;
}

}  // namespace

Factorization nmf(MatrixView a, const NmfOptions& options, const Watch& watch) {
  require_count(options.k);
  require_finite(a, "");
  require_non_negative(a);
  if (options.previous) require_shape(*options.previous, a);
  return search(a, options, Method::nmf, watch);
}

Factorization semi_nmf(MatrixView a, const NmfOptions& options, const Watch& watch) {
  require_count(options.k);
  require_finite(a, "");
  if (options.previous) require_shape(*options.previous, a);
  return search(a, options, Method::semi_nmf, watch);
}

Factorization split_nmf(MatrixView a, const NmfOptions& options, const Watch& watch) {
  require_count(options.k);
  require_finite(a, "");
  const Weighting weighting(options.row_weights, options.column_weights, a);
  const Matrix weighted = weighting.apply(a);
  NmfOptions unweighted = options;
  unweighted.previous = nullptr;  // its directions do not say how the halves were
  unweighted.row_weights.clear();
  unweighted.column_weights.clear();
  const Factorization halves = nmf(split_signs(weighted), unweighted, watch);
  Factorization result = halves;
  result.method = Method::split_nmf;
  result.directions = Matrix(halves.atoms(), a.columns);
  map(result.directions) =
      map(halves.directions).leftCols(a.columns) - map(halves.directions).rightCols(a.columns);
  finish(result, weighted);
  result = by_explained(result);
  weighting.undo(result);
  return result;
}

}  // namespace tessera::factorization
