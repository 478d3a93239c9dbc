#pragma once

#include <filesystem>
#include <functional>
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

// What a file is chosen for.
struct FilePanel {
  std::string title;
  bool images = true;  // else models
  std::function<void(const std::filesystem::path&)> choose;
  std::function<void()> aside = {};  // drawn above the files, at the cursor
};

// Recent files and a folder to choose an image or a model from.
void file_panel(const AppState& state, Context& context, const Rect& window, const FilePanel& panel,
                FilePanelMemory& memory);

// To open an image or a model, as the state's overlay says.
void open_panel(const AppState& state, Context& context, const Rect& window, FilePanelMemory& memory);

// For the image or model that a figure needs and that is not known here.
void figure_file_panel(const AppState& state, Context& context, const Rect& window, FilePanelMemory& memory);

// What opens an image: as the figure that it may be, where its name says PNG.
Action opening_of_image(const std::filesystem::path& file);

// Whether a file's name is that of an image, or of a model.
bool looks_like_image(const std::filesystem::path& file);
bool looks_like_model(const std::filesystem::path& file);

}  // namespace tessera::ui
