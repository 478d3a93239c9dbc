#pragma once

#include "ui/context.h"

namespace tessera::ui {

// The design space: what the present figure is made of, as a matrix of layers and atoms that is composed in
// by clicks, and beneath it that figure, live.
void space_view(const AppState& state, Context& context, const Rect& where);

}  // namespace tessera::ui
