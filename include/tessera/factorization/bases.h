#pragma once

#include <span>

#include "tessera/factorization/factorization.h"

namespace tessera::factorization {

// The trivial bases, so that a channel or a position is an atom like any other: of a channel the direction is
// its axis and the map its values; of a position the map is one there and the direction its activation
// vector, with the length in the map. `which`: indices, each at most once. Throws Error for indices that do
// not exist, NaN or infinities.
Factorization channel_basis(MatrixView a, std::span<const int> which);
Factorization position_basis(MatrixView a, std::span<const int> which);

}  // namespace tessera::factorization
