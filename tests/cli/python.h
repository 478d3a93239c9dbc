#pragma once

#include <cstdlib>
#include <filesystem>
#include <string>

#include "support/skip.h"
#include "support/subprocess.h"

namespace tessera::test {

// The Python that TESSERA_PYTHON names, else the one that was found when this was configured; the test is
// skipped where it lacks one of the modules, "torch, numpy".
inline std::filesystem::path python_with(const std::string& modules) {
  const char* named = std::getenv("TESSERA_PYTHON");
  const std::filesystem::path found = named ? named : TESSERA_PYTHON_FOUND;
  if (std::filesystem::exists(found) && run_program(found, {"-c", "import " + modules}).exit_code == 0)
    return found;
  skip("no Python with " + modules + " (TESSERA_PYTHON names one)");
}

}  // namespace tessera::test
