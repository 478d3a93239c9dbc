#pragma once

#include "ui/context.h"

namespace tessera::ui {

struct WorkMemory {
  double since = -1;  // when the present work began, on Dear ImGui's clock; negative: there is none
};

// Beneath the stage, from the right: what is being computed and how far it is, as far as there is room to the
// right of `left`, with a button that stops it, and, once stopped, one that goes on. Shown for what takes
// longer than a moment, so that nothing flickers.
void work_strip(const AppState& state, Context& context, const Rect& stage, float left, WorkMemory& memory);

}  // namespace tessera::ui
