#pragma once

#include <string>

namespace tessera::app {

// What `tessera --version` says: the program and its commit, LibTorch, and what the inner loops use of the
// processor.
std::string version_text();

// The day of the commit, 2026-11-30; empty where it is not known.
std::string version_date();

}  // namespace tessera::app
