#pragma once

#include <span>

#include "tessera/engine/engine.h"
#include "tessera/engine/erased.h"

namespace tessera::engine {

// Calls a handler, and turns whatever it throws into the outcome of the members that have not left by then.
Outcome run_handler(const ErasedHandler& handler, std::span<ErasedMember> members,
                    const Engine::Explain& explain);

}  // namespace tessera::engine
