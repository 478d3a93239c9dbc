#pragma once

#include <filesystem>
#include <string>

#include "ui/context.h"

namespace tessera::ui {

// What the export dialog remembers while it is open.
struct ExportMemory {
  char file[1024] = "";
  bool is_open = false;
  std::string problem;  // why the last try was refused
};

// Where and how to write the present view as a figure. `view_size`: of the view, in unscaled pixels.
void export_dialog(const AppState& state, Context& context, const Rect& window, ImVec2 view_size,
                   ExportMemory& memory);

// Where a script of the present view would go: beside the last export, "chelsea-channels.py", with a number
// where there is such a file or its arrays already.
std::filesystem::path suggested_script(const AppState& state);

// "chelsea-channels.png" in a folder, with a number where there is such a file already.
std::filesystem::path suggested_file(const std::filesystem::path& folder, const std::string& stem,
                                     const std::string& figure);

}  // namespace tessera::ui
