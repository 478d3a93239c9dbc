#pragma once

#include <vector>

#include "ui/context.h"

namespace tessera::ui {

// Turns the keys pressed in this frame into actions.
void handle_shortcuts(const AppState& state, Context& context);

struct Shortcut {
  const char* keys;
  const char* effect;
};

// Every shortcut there is, in the order in which they are shown.
std::vector<Shortcut> shortcuts();

}  // namespace tessera::ui
