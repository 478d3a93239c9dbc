#pragma once

#include "ui/context.h"

namespace tessera::ui {

inline constexpr float rail_row_height = 20;  // unscaled pixels, of a layer and of a view

// Text that is being typed in the rail.
struct RailMemory {
  char filter[96] = "";
};

// The left of the window: the picture, what it was classified as, and the layers.
void rail(const AppState& state, Context& context, const Rect& where, RailMemory& memory);

}  // namespace tessera::ui
