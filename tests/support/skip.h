#pragma once

#include <string>

namespace tessera::test {

// Ends the running test case as skipped, for want of what `reason` names ("no OpenGL on this machine"). It
// counts as failed where a check has failed before. ctest shows it as skipped, and a run by hand lists it at
// the end.
[[noreturn]] void skip(const std::string& reason);

}  // namespace tessera::test
