#pragma once

#include "ui/context.h"

namespace tessera::ui {

// A layer's cube of activations in 3-D over the picture, cut into atoms (neurons, positions, channels,
// groups), with the selected one lit; drag to turn it. Beside it what each kind of atom is.
void cube_view(const AppState& state, Context& context, const Rect& where);

}  // namespace tessera::ui
