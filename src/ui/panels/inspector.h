#pragma once

#include "ui/context.h"

namespace tessera::ui {

// The right of the window: what is hovered or pinned, in numbers.
void inspector(const AppState& state, Context& context, const Rect& where);

}  // namespace tessera::ui
