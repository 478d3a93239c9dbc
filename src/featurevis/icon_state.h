#pragma once

#include <vector>

#include "featurevis/optimiser.h"
#include "featurevis/random.h"
#include "tessera/featurevis/icon_objective.h"

namespace tessera::featurevis {

// One icon on its way.
struct IconState {
  IconState(IconSubject subject_, std::uint64_t seed, std::uint64_t stream, std::size_t numbers);

  IconSubject subject;
  Random random;
  Optimiser optimiser;
  std::vector<float> objectives;  // of all steps
  std::vector<float> peaks;       // largest values at one position
  bool flat = false;              // rises no more

  int steps() const { return optimiser.steps(); }
  void note(float objective, float peak);
  // The mean objective of the last steps: one is made noisy by its transform. 0 before the first.
  float reached() const;
  float peak() const;  // in the same way
};

}  // namespace tessera::featurevis
