#pragma once

#include <variant>

#include "tessera/engine/erased.h"

namespace tessera::engine {

using Outcome = std::variant<ErasedResult, Error, Cancelled>;

// Calls a handler and turns whatever it returns or throws into a value. A result is never empty.
Outcome run_handler(const ErasedHandler& handler, const void* query, Job& job);

}  // namespace tessera::engine
