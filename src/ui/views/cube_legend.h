#pragma once

#include "ui/context.h"

namespace tessera::ui {

// The kinds of atom, each with a small cube that is cut that way and, where there is room, a sentence; a
// click chooses one.
void cube_legend(const AppState& state, Context& context, const Rect& where);

// The same side by side, without sentences, in a row of this height.
inline constexpr float cube_legend_row_height = 66;  // unscaled
void cube_legend_row(const AppState& state, Context& context, const Rect& where);

}  // namespace tessera::ui
