#pragma once

#include "ui/context.h"

namespace tessera::ui {

// The middle of the window: the chosen layer's channels beside the picture.
void stage(const AppState& state, Context& context, const Rect& where);

}  // namespace tessera::ui
