#pragma once

#include "ui/context.h"

namespace tessera::ui {

// Beneath the stage to the left, where anything in the window is provisional: what its strokes and "≈" mean,
// and how long it will be so. Returns where it ends.
float provisional_caption(Context& context, const ProvisionalNote& note, const Rect& stage);

}  // namespace tessera::ui
