#pragma once

#include "ui/state/action.h"
#include "ui/state/app_state.h"

namespace tessera::ui {

// The only place that changes AppState. Pure but for the stamp it takes of a file that was just chosen.
void update(AppState& state, const Action& action);

}  // namespace tessera::ui
