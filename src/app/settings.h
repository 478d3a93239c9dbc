#pragma once

#include <filesystem>
#include <map>
#include <optional>
#include <string>
#include <vector>

#include "tessera/model/preprocessing.h"
#include "ui/state/panel_layout.h"

namespace tessera::app {

// What Tessera remembers between sessions.
struct Settings {
  std::vector<std::filesystem::path> recent_images;  // newest first
  std::vector<std::filesystem::path> recent_models;
  bool dark_theme = false;
  std::optional<std::pair<int, int>> window;  // width, height in unscaled pixels
  ui::PanelLayout panels;
  // What the user chose for models that do not say it themselves, by the model's hash.
  std::map<std::string, model::Preprocessing> preprocessing;

  bool operator==(const Settings&) const = default;
};

// $XDG_CONFIG_HOME/tessera/settings.json or ~/.config/tessera/settings.json; empty where neither folder is
// known.
std::filesystem::path settings_file();

struct LoadedSettings {
  Settings settings;
  std::string warning;  // a sentence for a person where the file could not be used; else empty
};

// No file: defaults. A file that is broken as a whole is kept beside itself as settings.json.bak; single
// entries that make no sense are passed over.
LoadedSettings load_settings(const std::filesystem::path& file);

// Atomically; makes the folder. Throws Error.
void save_settings(const std::filesystem::path& file, const Settings& settings);

}  // namespace tessera::app
