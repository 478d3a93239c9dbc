#pragma once

#include "factorization/panels.h"
#include "factorization/scaled.h"
#include "tessera/factorization/watch.h"

namespace tessera::factorization {

// A solution while it is being found, in the units of Scaled.
struct Pair {
  Factor maps;        // atoms x positions
  Factor directions;  // atoms x channels
};

struct HalsOptions {
  int max_iterations = 0;
  double tolerance = 0;
  bool signed_directions = false;  // semi-NMF: the directions by least squares instead
};

struct HalsResult {
  int iterations = 0;
  bool converged = false;
  double residual = 1;  // ‖A − maps·directions‖ / ‖A‖, from sums in float32: rough where it is below 1e-3
};

// Hierarchical alternating least squares (Cichocki, Zdunek and Amari 2007), two sweeps a side for each
// product with A (Gillis and Glineur 2012), extrapolated (Ang and Gillis 2019): a step that overshoots is
// taken back and made again without, so the error never increases. Converged when the projected gradient of
// both sides, relative to the gradient where that side is zero, is at most the tolerance; neither the unit of
// A nor the start enters.
HalsResult hals(const Scaled& a, Pair& pair, const HalsOptions& options, const Watch& watch);

}  // namespace tessera::factorization
