#pragma once

#include "ui/scene.h"

namespace tessera::ui {

// Beside the hovered channel or group, its icon enlarged with what is known of it: for where no inspector
// says that. Nothing where neither is hovered.
void hover_card(const AppState& state, Context& context, const Scene& scene);

}  // namespace tessera::ui
