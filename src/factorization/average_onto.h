#pragma once

#include "factorization/eigen.h"
#include "tessera/base/cube.h"

namespace tessera::factorization {

// A cube as positions x channels on a grid of at most as many rows and columns: each new cell holds the mean
// of what it covers, in proportion to the area.
RowMajorDouble average_onto(const Cube& cube, int height, int width);

}  // namespace tessera::factorization
