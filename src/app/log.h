#pragma once

#include <spdlog/logger.h>

namespace tessera::app {

using Log = spdlog::logger;

// Writes to stderr when `verbose`, else nowhere. Errors for the user do not go through it.
Log make_log(bool verbose);

}  // namespace tessera::app
