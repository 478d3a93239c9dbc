#include "factorization/panels.h"

#include <algorithm>

namespace tessera::factorization {

using kernels::panel;

Panels panels_of(MatrixView matrix, float scale) {
  Panels panels{matrix.rows, matrix.columns,
                AlignedFloats(std::size_t(matrix.rows) * kernels::padded(matrix.columns))};
  float* to = panels.values.data();
  for (int start = 0; start < matrix.columns; start += panel) {
    const int width = std::min(panel, matrix.columns - start);
    for (int r = 0; r < matrix.rows; ++r, to += panel) {
      const float* from = matrix.row(r).data() + start;
      for (int c = 0; c < width; ++c) to[c] = scale * from[c];
      std::fill(to + width, to + panel, 0.0f);
    }
  }
  return panels;
}

Panels panels_of_transposed(MatrixView matrix, float scale) {
  Panels panels{matrix.columns, matrix.rows,
                AlignedFloats(std::size_t(matrix.columns) * kernels::padded(matrix.rows))};
  float* to = panels.values.data();
  for (int start = 0; start < matrix.rows; start += panel) {
    const int width = std::min(panel, matrix.rows - start);
    // Tile by tile, so that what is read stays in the nearest cache until all of its line was used.
    constexpr int tile = 16;
    for (int first = 0; first < matrix.columns; first += tile) {
      const int count = std::min(tile, matrix.columns - first);
      float values[panel][tile] = {};
      for (int r = 0; r < width; ++r) {
        const float* from = matrix.row(start + r).data() + first;
        for (int c = 0; c < count; ++c) values[r][c] = scale * from[c];
      }
      for (int c = 0; c < count; ++c, to += panel)
        for (int r = 0; r < panel; ++r) to[r] = values[r][c];
    }
  }
  return panels;
}

void multiply(const Factor& left, const Panels& panels, Factor& out) {
  kernels::best().product(left.values.data(), left.stride, left.atoms, panels.rows, panels.values.data(),
                          panels.columns, out.values.data(), out.stride);
}

std::vector<float> gram(const Factor& factor) {
  std::vector<float> result(std::size_t(factor.atoms) * factor.atoms);
  kernels::best().gram(factor.values.data(), factor.atoms, factor.stride, result.data());
  return result;
}

}  // namespace tessera::factorization
