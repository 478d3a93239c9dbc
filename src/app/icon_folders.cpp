#include "app/icon_folders.h"

#include <algorithm>
#include <cstdlib>
#include <system_error>

#include "app/data_folder.h"
#include "tessera/base/error.h"

namespace tessera::app {
namespace {

// The XDG specification ignores paths that are not absolute.
std::filesystem::path absolute_from(const char* name) {
  const char* value = std::getenv(name);
  const std::filesystem::path path = value ? value : "";
  return path.is_absolute() ? path : std::filesystem::path();
}

std::filesystem::path below(const char* variable, const std::filesystem::path& in_home) {
  if (const auto folder = absolute_from(variable); !folder.empty()) return folder / "tessera" / "icons";
  if (const auto home = absolute_from("HOME"); !home.empty()) return home / in_home / "tessera" / "icons";
  return {};
}

}  // namespace

std::filesystem::path icon_store_folder() {
  if (const char* named = std::getenv("TESSERA_ICONS"); named && *named) return named;
  return below("XDG_CACHE_HOME", ".cache");
}

std::filesystem::path user_pack_folder() { return below("XDG_DATA_HOME", ".local/share"); }

session::IconOptions icon_options() {
  session::IconOptions options;
  options.store_folder = icon_store_folder();
  try {
    const DataFolder data = find_data_folder();
    options.pack_folders.push_back(data.icon_packs());
    options.natural_pictures = data.pictures();
  } catch (const Error&) {
    // Whoever needs the bundled model will say so.
  }
  if (const auto folder = user_pack_folder(); !folder.empty()) options.pack_folders.push_back(folder);
  return options;
}

}  // namespace tessera::app
