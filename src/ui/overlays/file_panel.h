#pragma once

#include <filesystem>
#include <string>
#include <vector>

#include "ui/context.h"

namespace tessera::ui {

// What the file panel remembers between frames and between openings.
struct FilePanelMemory {
  std::filesystem::path folder;
  char typed[1024] = "";
  struct Entry {
    std::filesystem::path path;
    bool is_folder = false;
  };
  std::vector<Entry> entries;
  bool stale = true;
  std::string trouble;  // why the folder could not be read
};

// Recent files and a folder to choose an image or a model from. Drawn while the state's overlay asks for it.
void file_panel(const AppState& state, Context& context, const Rect& window, FilePanelMemory& memory);

// Whether a file's name is that of an image, or of a model.
bool looks_like_image(const std::filesystem::path& file);
bool looks_like_model(const std::filesystem::path& file);

}  // namespace tessera::ui
