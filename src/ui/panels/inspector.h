#pragma once

#include "ui/context.h"

namespace tessera::ui {

// The right of the window: what is hovered or pinned, in numbers. Folded, a strip that opens it again.
void inspector(const AppState& state, Context& context, const Rect& where);

// Folds it, or shows it again; nothing while two views have its room.
void fold_inspector(const AppState& state, Context& context);

}  // namespace tessera::ui
