#pragma once

#include "ui/context.h"

namespace tessera::ui {

// Over a view, where something that it shows failed the network's check: one line that says so, with a way to
// the table. Marked "check/warning". Returns what is left for the view.
Rect check_strip(const AppState& state, Context& context, const Rect& where);

}  // namespace tessera::ui
