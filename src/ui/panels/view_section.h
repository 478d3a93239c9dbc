#pragma once

#include "ui/context.h"

namespace tessera::ui {

// The views by name, with the keys that choose them.
void view_section(const AppState& state, Context& context);

float view_section_height(const AppState& state, const Context& context);

}  // namespace tessera::ui
