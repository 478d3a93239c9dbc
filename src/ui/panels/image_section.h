#pragma once

#include "ui/context.h"

namespace tessera::ui {

// The picture as the network sees it, with what is hovered or pinned laid over it, its name and size, and
// what opens others.
void image_section(const AppState& state, Context& context);

}  // namespace tessera::ui
