#pragma once

#include "ui/context.h"

namespace tessera::ui {

inline constexpr float panel_edge = 3;  // unscaled pixels within a panel by which its edge is dragged

// Text that is being typed in the rail.
struct RailMemory {
  char filter[96] = "";
};

// The left of the window: the picture, what it was classified as, the layers, and the views. Each section
// gets room by what it needs, and can be folded.
void rail(const AppState& state, Context& context, const Rect& where, RailMemory& memory);

}  // namespace tessera::ui
