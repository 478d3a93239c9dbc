#include "featurevis/optimiser.h"

#include <cmath>

#include "featurevis/kernels/kernels.h"

namespace tessera::featurevis {
namespace {

constexpr float start = .01f;  // standard deviation (design: Numbers, Image parameterisation)

}  // namespace

Optimiser::Optimiser(std::size_t count, Random& random) : numbers_(count), first_(count), second_(count) {
  for (float& number : numbers_) number = start * random.normal();
}

void Optimiser::step(const std::vector<float>& gradient, float rate, float restraint) {
  ++steps_;
  kernels::AdamStep step;
  step.rate = rate;
  step.decay = rate * restraint;
  step.first_correction = float(1 / (1 - std::pow(.9, steps_)));
  step.second_correction = float(1 / (1 - std::pow(.999, steps_)));
  kernels::best().adam(numbers_.data(), first_.data(), second_.data(), gradient.data(), numbers_.size(),
                       step);
}

}  // namespace tessera::featurevis
