#pragma once

#include <cstddef>
#include <vector>

#include "featurevis/random.h"

namespace tessera::featurevis {

// The numbers of a picture's spectrum, and Adam on them.
class Optimiser {
 public:
  Optimiser(std::size_t count, Random& random);  // starts with small random numbers

  const std::vector<float>& numbers() const { return numbers_; }
  int steps() const { return steps_; }

  void step(const std::vector<float>& gradient, float rate, float restraint);

 private:
  std::vector<float> numbers_;
  std::vector<float> first_;  // Adam's moments
  std::vector<float> second_;
  int steps_ = 0;
};

}  // namespace tessera::featurevis
