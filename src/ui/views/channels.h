#pragma once

#include "ui/context.h"

namespace tessera::ui {

// For each shown layer the channels that contribute most to the objective and those that oppose it most.
// Where a position is hovered or pinned, only what happens there counts. A pinned channel takes the
// objective's place: earlier layers show what feeds it, later ones what it feeds.
void channels_view(const AppState& state, Context& context, const Rect& where);

}  // namespace tessera::ui
