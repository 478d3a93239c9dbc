#pragma once

#include "ui/context.h"

namespace tessera::ui {

// The neurons of one layer in a few groups: what each detects, where, and what it does to the classes; how
// many there are and what they are about is a slider and a triangle away.
void groups_view(const AppState& state, Context& context, const Rect& where);

}  // namespace tessera::ui
