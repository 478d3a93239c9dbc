#pragma once

#include "ui/rect.h"

namespace tessera::ui {

// Where a card of a size goes so that it hides neither what it is about nor what that is compared with:
// beside `about`, to the right, left, below or above, clear of the neighbours of its size, within `screen`.
// Where there is no such place, clear of as much of them as can be.
Rect card_place(const Rect& about, ImVec2 size, const Rect& screen, float gap);

// `about` with its neighbours: those above and below a row, those to both sides of a column, those all around
// a tile.
Rect with_neighbours(const Rect& about);

}  // namespace tessera::ui
