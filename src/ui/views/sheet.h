#pragma once

#include "ui/context.h"

namespace tessera::ui {

// One layer's channels as small heat maps beside the picture.
void sheet_view(const AppState& state, Context& context, const Rect& where);

}  // namespace tessera::ui
