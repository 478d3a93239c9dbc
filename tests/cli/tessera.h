#pragma once

#include <map>
#include <string>
#include <vector>

#include "support/skip.h"
#include "support/subprocess.h"

namespace tessera::test {

// Runs the program that this build made.
inline Finished tessera(const std::vector<std::string>& arguments,
                        const std::map<std::string, std::string>& environment = {}) {
  return run_program(TESSERA_EXECUTABLE, arguments, environment);
}

// A failure as it is promised: its exit code, nothing on stdout, and on stderr one line that holds
// `expected`.
inline bool failed_with(const Finished& run, int exit_code, const std::string& expected) {
  const bool one_line = run.err.find('\n') == run.err.size() - 1;
  return run.exit_code == exit_code && run.out.empty() && (one_line || exit_code == 2) &&
         run.err.starts_with("tessera: ") && run.err.find(expected) != std::string::npos;
}

// Ends the test as skipped where `run` failed because this machine has nothing to draw with.
inline void skip_without_drawing(const Finished& run) {
  if (run.exit_code == 1 && run.err.find("EGL") != std::string::npos)
    skip(run.err.substr(0, run.err.find('\n')));
}

}  // namespace tessera::test
