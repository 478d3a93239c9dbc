#pragma once

#include <optional>

#include "ui/state/app_state.h"

namespace tessera::ui {

// What is under the mouse in the present frame, whichever view it belongs to. Views fill it in; the workbench
// turns changes into actions, so that leaving one view for another never clears what the other has just set.
struct Hover {
  std::optional<int> channel;
  std::optional<Position> position;
};

}  // namespace tessera::ui
