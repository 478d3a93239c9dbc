#pragma once

#include "ui/context.h"

namespace tessera::ui {

// What went wrong or wants saying, at the foot of the stage; each stays until it is dismissed.
void messages(const AppState& state, Context& context, const Rect& stage);

}  // namespace tessera::ui
