#pragma once

#include "ui/context.h"

namespace tessera::ui {

// The picture, what the network takes it for, and the channels of the shown layers that fire most.
void overview_view(const AppState& state, Context& context, const Rect& where);

}  // namespace tessera::ui
