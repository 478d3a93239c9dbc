#include <algorithm>

#include "tessera/base/error.h"
#include "tessera/featurevis/activation_grid.h"

namespace tessera::featurevis {

Cube pooled(const Cube& cube, int window) {
  if (window < 1) throw Error("cells cannot be pooled by a window of " + std::to_string(window));
  Cube result((cube.height + window - 1) / window, (cube.width + window - 1) / window, cube.channels);
  for (int row = 0; row < result.height; ++row)
    for (int column = 0; column < result.width; ++column) {
      const int bottom = std::min(cube.height, (row + 1) * window);
      const int right = std::min(cube.width, (column + 1) * window);
      const float share = 1.f / float((bottom - row * window) * (right - column * window));
      for (int y = row * window; y < bottom; ++y)
        for (int x = column * window; x < right; ++x)
          for (int c = 0; c < cube.channels; ++c) result.at(row, column, c) += share * cube.at(y, x, c);
    }
  return result;
}

}  // namespace tessera::featurevis
