#pragma once

#include "ui/context.h"

namespace tessera::ui {

// Several layers side by side, each cell the icon of its activation vector.
void grids_view(const AppState& state, Context& context, const Rect& where);

}  // namespace tessera::ui
