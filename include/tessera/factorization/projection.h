#pragma once

#include "tessera/factorization/factorization.h"

namespace tessera::factorization {

// Other values on given directions, position by position: the maps (rows of `a` x atoms, >= 0) that minimise
// ‖a − maps·directions‖ exactly (non-negative least squares). Saliency hues of the layers that were not
// factorized themselves, with max(attribution, 0) as `a`. Throws Error where the channels differ.
Matrix project_on_directions(MatrixView a, const Matrix& directions);

// The other side: the directions (atoms x channels) that best explain `a` with given maps; non-negative, or
// signed by ordinary least squares.
Matrix directions_for_maps(MatrixView a, const Matrix& maps, bool non_negative);

}  // namespace tessera::factorization
