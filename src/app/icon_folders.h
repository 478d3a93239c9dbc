#pragma once

#include <filesystem>

#include "tessera/session/icon_options.h"

namespace tessera::app {

// Where finished icons are kept: $TESSERA_ICONS, else $XDG_CACHE_HOME/tessera/icons, else
// ~/.cache/tessera/icons; empty where none of these is known.
std::filesystem::path icon_store_folder();

// Where a user's own packs are looked for: $XDG_DATA_HOME/tessera/icons, else ~/.local/share/tessera/icons;
// empty where neither is known.
std::filesystem::path user_pack_folder();

// What the workbench and figures use: the bundled packs (models/icons in the data folder) and the user's, the
// store, and the bundled pictures for comparison. Works without a data folder.
session::IconOptions icon_options();

}  // namespace tessera::app
