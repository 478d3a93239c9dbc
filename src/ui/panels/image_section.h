#pragma once

#include "ui/context.h"

namespace tessera::ui {

// Thumbnail in its true aspect with the part that the network sees outlined, its name and size, and what
// opens others.
void image_section(const AppState& state, Context& context);

}  // namespace tessera::ui
