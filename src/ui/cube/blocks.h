#pragma once

#include <vector>

#include "tessera/base/cube.h"
#include "ui/cube/projection.h"
#include "ui/state/cube_options.h"
#include "ui/state/selection.h"

namespace tessera::ui {

// A part of a layer's cube, as a box that is drawn: rows, columns and channels from … to (exclusive).
struct Block {
  int row = 0, row_end = 0;
  int column = 0, column_end = 0;
  int channel = 0, channel_end = 0;
  Box3 box;

  bool holds(Position cell) const {
    return cell.y >= row && cell.y < row_end && cell.x >= column && cell.x < column_end;
  }
  bool holds(int which) const { return which >= channel && which < channel_end; }
};

// How a cube is cut: into so many parts along each of its axes.
struct Cut {
  int rows = 1;
  int columns = 1;
  int bands = 1;
  bool operator==(const Cut&) const = default;
};

// For an atom; never more parts than there are positions and channels, nor more than the eye can follow.
Cut cut_for(Atom atom, int height, int width, int channels);

// The boxes of a cube that is cut, with gaps between them where it is. Channel 0 is on top.
std::vector<Block> blocks_of(const Cut& cut, int height, int width, int channels);
// The box around all of them.
Box3 bounds(int height, int width);

// From the farthest to the nearest, so that nearer ones cover them.
void sort_by_nearness(std::vector<Block>& blocks, const Projection& projection);

// Mean of the values in it.
float mean_of(const Cube& cube, const Block& block);

}  // namespace tessera::ui
