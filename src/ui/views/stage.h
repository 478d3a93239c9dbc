#pragma once

#include "ui/context.h"

namespace tessera::ui {

// The middle of the window: the chosen view.
void stage(const AppState& state, Context& context, const Rect& where);

}  // namespace tessera::ui
