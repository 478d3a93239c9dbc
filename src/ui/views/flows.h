#pragma once

#include "ui/context.h"

namespace tessera::ui {

// Several layers as columns from left to right, their groups as nodes, and what flows between them and on to
// the classes as ribbons.
void flows_view(const AppState& state, Context& context, const Rect& where);

}  // namespace tessera::ui
