#pragma once

#include <vector>

#include "ui/context.h"

// Maps over the picture that are drawn cell by cell.
namespace tessera::ui {

struct CellMap {
  int height = 0;
  int width = 0;
  std::vector<float> values;  // row by row
  int block = 1;              // of so many positions a side each is one
};

// Maps finer than the eye needs, in blocks: their sums where values are contributions, which add up, else
// means.
CellMap in_blocks(const CellMap& map, bool sums);

// On another grid: each of its cells has the mean of those that it meets.
CellMap projected(const CellMap& map, int height, int width);

// The largest magnitude; and, of a fine map, what all but a few cells stay within, so that those few do not
// leave the others pale.
float reach_of(const CellMap& map);
float sturdy_reach(const CellMap& map);

ImU32 with_opacity(ImU32 color, float opacity);

// A veil that is clear where values are high; contributions in the signs' two colours, strong where they are,
// or without signs where they are provisional.
void draw_cells(Context& context, const CellMap& map, bool is_signed, float reach, const Rect& all,
                const Certainty& certainty);

}  // namespace tessera::ui
