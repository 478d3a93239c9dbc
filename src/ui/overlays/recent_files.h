#pragma once

#include "ui/context.h"

namespace tessera::ui {

// The images and models opened lately, to be opened again with a click.
void recent_files(const AppState& state, Context& context, const Rect& window);

}  // namespace tessera::ui
