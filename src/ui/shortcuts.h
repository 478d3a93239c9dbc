#pragma once

#include <vector>

#include "tessera/session/queries.h"
#include "ui/context.h"

namespace tessera::ui {

// Turns the keys pressed in this frame into actions. Either answer may be null while it is on its way.
void handle_shortcuts(const AppState& state, Context& context, const model::ModelCard* card,
                      const session::LayerActivations* activations);

struct Shortcut {
  const char* keys;
  const char* effect;
};

// Every shortcut there is, in the order in which they are shown.
std::vector<Shortcut> shortcuts();

}  // namespace tessera::ui
