#pragma once

#include "ui/context.h"

namespace tessera::ui {

// The kinds of atom, each with a small cube that is cut that way and, where there is room, a sentence; a
// click chooses one.
void cube_legend(const AppState& state, Context& context, const Rect& where);

}  // namespace tessera::ui
