#pragma once

#include <filesystem>
#include <optional>
#include <vector>

#include "app/data_folder.h"
#include "app/window/glfw_window.h"
#include "app/window/notices.h"
#include "tessera/engine/engine.h"
#include "tessera/session/references.h"
#include "ui/state/selection_text.h"

namespace tessera::app {

struct WindowOptions {
  session::ImageRef image;
  session::ModelRef model;
  std::optional<ui::OpeningFigure> figure;  // whose view is to be restored; its files are `image` and `model`
  DataFolder data;
  std::filesystem::path settings_file;  // empty: nothing is remembered

  std::optional<ui::ThemeChoice> theme;  // else as it was left
  std::optional<WindowSize> size;        // else as it was left
  std::optional<float> scale;            // else as the display says

  std::vector<ui::Setting> show;  // what to look at first (ui/state/selection_text.h)

  // Writes what the window shows once nothing is on its way any more, and closes it.
  std::optional<std::filesystem::path> screenshot;
};

// Shows what comes into `notices` as warnings; whoever adds one wakes the window. Opens the workbench in a
// window and stays until it is closed. The engine's `notify` must call GlfwLibrary::wake. Throws NoWindow
// before anything is shown where there is no OpenGL 3.3.
void run_window(GlfwLibrary& library, engine::Engine& engine, Notices& notices, const WindowOptions& options);

}  // namespace tessera::app
