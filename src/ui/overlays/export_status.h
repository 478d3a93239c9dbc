#pragma once

#include "ui/context.h"

namespace tessera::ui {

// While a figure is being made: which, and a way to stop it. Drawn at the bottom of the stage; returns the
// height it took.
float export_status(const AppState& state, Context& context, const Rect& stage);

}  // namespace tessera::ui
