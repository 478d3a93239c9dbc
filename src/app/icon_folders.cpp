#include "app/icon_folders.h"

#include <cstdlib>

#include "app/data_folder.h"
#include "app/user_folder.h"
#include "tessera/base/error.h"

namespace tessera::app {

std::filesystem::path icon_store_folder() {
  if (const char* named = std::getenv("TESSERA_ICONS"); named && *named) return named;
  return user_folder("XDG_CACHE_HOME", ".cache", "icons");
}

std::filesystem::path user_pack_folder() { return user_folder("XDG_DATA_HOME", ".local/share", "icons"); }

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
