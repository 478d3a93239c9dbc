#pragma once

#include "ui/context.h"

namespace tessera::ui {

// The present view to the right of the one that is kept, each under a line that says what it is of. What is
// pointed at and clicked in the kept one counts in both. Values are on one scale where scales are locked.
void views_beside(const AppState& state, Context& context, const Rect& where);

// One view under a warning, where a part that it uses failed its check, and with what floats beside the
// mouse.
void view_with_card(const AppState& state, Context& context, const Rect& where);

}  // namespace tessera::ui
