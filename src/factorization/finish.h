#pragma once

#include "tessera/factorization/factorization.h"

namespace tessera::factorization {

// Completes a factorization whose maps and directions were found: directions of unit length with the
// magnitude in the maps, then norm, residual and what each atom explains of `a`.
void finish(Factorization& factorization, MatrixView a);

// Atoms in descending order of what they explain.
Factorization by_explained(const Factorization& factorization);

}  // namespace tessera::factorization
