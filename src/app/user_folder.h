#pragma once

#include <filesystem>
#include <string>

namespace tessera::app {

// A folder of this user's for what is named so: $VARIABLE/tessera/NAME, else ~/IN_HOME/tessera/NAME; empty
// where neither is known. `variable`: one of the XDG base directories, "XDG_CACHE_HOME" with ".cache".
std::filesystem::path user_folder(const char* variable, const std::filesystem::path& in_home,
                                  const std::string& name);

}  // namespace tessera::app
