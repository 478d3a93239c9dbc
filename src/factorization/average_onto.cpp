#include "factorization/average_onto.h"

#include <algorithm>
#include <vector>

namespace tessera::factorization {
namespace {

struct Share {
  int cell = 0;      // of the finer grid
  double share = 0;  // of the coarser cell that it takes
};

// Which cells of the finer grid each cell of the coarser one covers, along one axis.
std::vector<std::vector<Share>> covered(int fine, int coarse) {
  auto cells = std::vector<std::vector<Share>>(std::size_t(coarse));
  // In units of 1 / (fine · coarse) both grids have whole numbers for borders.
  for (int i = 0; i < coarse; ++i) {
    const int from = i * fine, to = (i + 1) * fine;
    for (int cell = from / coarse; cell * coarse < to; ++cell) {
      const int overlap = std::min(to, (cell + 1) * coarse) - std::max(from, cell * coarse);
      cells[std::size_t(i)].push_back({cell, double(overlap) / fine});
    }
  }
  return cells;
}

}  // namespace

RowMajorDouble average_onto(const Cube& cube, int height, int width) {
  const auto values = map(MatrixView(cube));
  if (height == cube.height && width == cube.width) return values.cast<double>();
  const auto rows = covered(cube.height, height);
  const auto columns = covered(cube.width, width);
  RowMajorDouble averaged = RowMajorDouble::Zero(Eigen::Index(height) * width, cube.channels);
  for (int y = 0; y < height; ++y)
    for (int x = 0; x < width; ++x)
      for (const Share& row : rows[std::size_t(y)])
        for (const Share& column : columns[std::size_t(x)])
          averaged.row(Eigen::Index(y) * width + x) +=
              row.share * column.share *
              values.row(Eigen::Index(row.cell) * cube.width + column.cell).cast<double>();
  return averaged;
}

}  // namespace tessera::factorization
