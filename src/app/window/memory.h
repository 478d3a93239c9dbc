#pragma once

#include "app/settings.h"
#include "app/window/run_window.h"
#include "ui/state/app_state.h"

namespace tessera::app {

// What the workbench starts with: the command line's wishes over what was remembered.
ui::AppState state_from(const Settings& settings, const WindowOptions& options);

// What is worth remembering of a state.
Settings settings_from(const ui::AppState& state, const WindowSize& size);

}  // namespace tessera::app
