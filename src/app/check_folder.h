#pragma once

#include <filesystem>

#include "app/user_folder.h"

namespace tessera::app {

// Where checks of networks are kept: $XDG_CACHE_HOME/tessera/checks, else ~/.cache/tessera/checks; empty
// where neither is known.
inline std::filesystem::path check_folder() { return user_folder("XDG_CACHE_HOME", ".cache", "checks"); }

}  // namespace tessera::app
