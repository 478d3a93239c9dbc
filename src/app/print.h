#pragma once

#include <string_view>

namespace tessera::app {

// Writes to stdout, all of it. Throws Error where it cannot (a full disk behind a redirection).
void print(std::string_view text);

}  // namespace tessera::app
