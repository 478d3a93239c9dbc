#pragma once

#include <optional>

#include "tessera/engine/engine.h"
#include "ui/state/action.h"
#include "ui/state/app_state.h"

namespace tessera::ui {

// Takes a figure that is being opened one step further, once a frame: reads what made it, finds its picture
// and its model among the files that are known, asks for what is not found, and restores the view when both
// are open.
void settle_figure(const AppState& state, engine::Engine& engine, Actions& actions);

// What the figure that is being opened still lacks.
struct MissingFile {
  const figure::FileIdentity& file;
  bool is_image = true;  // else a model
};
std::optional<MissingFile> missing_file(const AppState& state);

}  // namespace tessera::ui
