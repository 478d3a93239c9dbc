#pragma once

#include <vector>

#include "render/textures.h"
#include "tessera/base/cube.h"

namespace tessera::render {

// A cube's values in the order in which an atlas shows them.
struct AtlasValues {
  // columns * tile_width by rows * tile_height, row-major: tiles in channel order, without borders. Where the
  // atlas is reduced, the mean of each block; a block that holds anything not finite is not a number as a
  // whole.
  std::vector<float> values;
  // Per cell of the grid: the least and greatest finite value of its channel (0, 0 where it has none).
  std::vector<float> ranges;
};

// `atlas` is plan_atlas for the cube.
AtlasValues arrange(const Cube& cube, const Atlas& atlas);

}  // namespace tessera::render
