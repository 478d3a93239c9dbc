#include "factorization/hals.h"

#include <algorithm>
#include <cmath>

#include "factorization/eigen.h"
#include "factorization/least_squares.h"

namespace tessera::factorization {
namespace {

auto array(Factor& factor) {
  return Eigen::Map<Eigen::ArrayXf, Eigen::Aligned64>(factor.values.data(), factor.atoms * factor.stride);
}
auto array(const Factor& factor) {
  return Eigen::Map<const Eigen::ArrayXf, Eigen::Aligned64>(factor.values.data(),
                                                            factor.atoms * factor.stride);
}

double inner_product(const Factor& one, const Factor& other) {
  return (array(one).cast<double>() * array(other).cast<double>()).sum();
}

// Beyond `to`, on the line from `from`, as far as non-negative values allow.
void extrapolate(const Factor& from, const Factor& to, float by, Factor& out) {
  array(out) = (array(to) + by * (array(to) - array(from))).max(0.0f);
}

// How far steps are extrapolated: further while that goes well (the schedule and its constants are Ang and
// Gillis').
class Momentum {
 public:
  float value() const { return float(value_); }
  void went_well() {
    value_ = std::min(limit_, 1.05 * value_);
    limit_ = std::min(1.0, 1.01 * limit_);
  }
  void overshot() {
    limit_ = value_;
    value_ /= 1.5;
  }

 private:
  double value_ = 0.5;
  double limit_ = 1;
};

class Descent {
 public:
  Descent(const Scaled& a, Pair& pair, const HalsOptions& options)
      : a_(a),
        accepted_(pair),
        signed_(options.signed_directions),
        maps_product_(pair.maps.atoms, a.positions),
        directions_product_(pair.maps.atoms, a.channels) {
    if (signed_) solve_directions(accepted_);
    forget_the_past();
  }

  // One iteration: maps, then directions. Leaves the pair as it was if the step was extrapolated too far.
  // Returns the relative projected gradient.
  double step() {
    const bool plain = signed_ || plain_next_;
    const float momentum = plain ? 0 : momentum_.value();

    std::swap(swept_before_.maps, swept_.maps);
    swept_.maps = swept_before_.maps;
    const double maps_gradient = sweep_maps();
    if (plain)
      trial_.maps = swept_.maps;
    else
      extrapolate(swept_before_.maps, swept_.maps, momentum, trial_.maps);

    std::swap(swept_before_.directions, swept_.directions);
    const double directions_gradient = sweep_directions();
    swept_.directions = trial_.directions;

    const double error = residual_of(trial_);
    if (!plain && error > residual_) {
      momentum_.overshot();
      forget_the_past();
      plain_next_ = true;
      return 1;
    }
    residual_ = error;
    std::swap(accepted_.maps, trial_.maps);
    accepted_.directions = trial_.directions;
    if (!plain) momentum_.went_well();
    if (!signed_ && !plain_next_)
      extrapolate(swept_before_.directions, swept_.directions, momentum, trial_.directions);
    plain_next_ = false;
    return std::max(maps_gradient, directions_gradient);
  }

  // Of the pair.
  double residual() const { return residual_; }

 private:
  void forget_the_past() { trial_ = swept_ = swept_before_ = accepted_; }

  double sweep_maps() {
    multiply_directions(a_, trial_.directions, maps_product_);
    return sweep(swept_.maps, gram(trial_.directions), maps_product_);
  }

  double sweep_directions() {
    if (signed_) {
      solve_directions(trial_);
      return 0;
    }
    multiply_maps(a_, trial_.maps, directions_product_);
    maps_gram_ = gram(trial_.maps);
    return sweep(trial_.directions, maps_gram_, directions_product_);
  }

  void solve_directions(Pair& pair) {
    multiply_maps(a_, pair.maps, directions_product_);
    maps_gram_ = gram(pair.maps);
    least_squares(maps_gram_, directions_product_, pair.directions);
  }

  static double sweep(Factor& factor, const std::vector<float>& other_gram, const Factor& product) {
    constexpr int sweeps = 2;
    const double at_zero = array(product).abs().sum();
    const double violation = kernels::best().sweep(factor.values.data(), factor.atoms, factor.stride,
                                                   other_gram.data(), product.values.data(), sweeps);
    return at_zero > 0 ? violation / at_zero : 0;
  }

  // Needs the products of the pair's maps, as sweep_directions leaves them.
  double residual_of(const Pair& pair) const {
    const std::vector<float> directions_gram = gram(pair.directions);
    double fitted = 0;
    for (std::size_t i = 0; i < directions_gram.size(); ++i)
      fitted += double(directions_gram[i]) * maps_gram_[i];
    const double squared =
        a_.norm * a_.norm - 2 * inner_product(directions_product_, pair.directions) + fitted;
    return a_.norm > 0 ? std::sqrt(std::max(squared, 0.0)) / a_.norm : 0;
  }

  const Scaled& a_;
  Pair& accepted_;     // the solution
  Pair trial_;         // the next one, extrapolated; its directions already at the start of a step
  Pair swept_;         // before it was extrapolated
  Pair swept_before_;  // the same, one step ago
  bool signed_;
  bool plain_next_ = true;
  Momentum momentum_;
  double residual_ = 1;
  Factor maps_product_;
  Factor directions_product_;
  std::vector<float> maps_gram_;
};

}  // namespace

HalsResult hals(const Scaled& a, Pair& pair, const HalsOptions& options, const Watch& watch) {
  Descent descent(a, pair, options);
  HalsResult result;
  while (result.iterations < options.max_iterations && !watch.stop.stop_requested()) {
    const double gradient = descent.step();
    ++result.iterations;
    result.residual = descent.residual();
    result.converged = gradient <= options.tolerance;
    if (watch.progress)
      watch.progress(
          {float(result.iterations) / float(options.max_iterations), result.iterations, result.residual});
    if (result.converged) break;
  }
  return result;
}

}  // namespace tessera::factorization
