#pragma once

#include "ui/context.h"

namespace tessera::ui {

struct WorkMemory {
  double since = -1;  // when the present work began, on Dear ImGui's clock; negative: there is none
};

// Beneath the stage: what is being computed and how far it is, with a button that stops it, and, once
// stopped, one that goes on. Shown for what takes longer than a moment, so that nothing flickers. Returns
// where it begins, from the left.
float work_strip(const AppState& state, Context& context, const Rect& stage, WorkMemory& memory);

}  // namespace tessera::ui
