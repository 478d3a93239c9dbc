#pragma once

#include <filesystem>
#include <map>
#include <string>
#include <vector>

namespace tessera::test {

struct Finished {
  int exit_code = 0;  // 128 + the signal where one ended it
  std::string out;    // all of stdout
  std::string err;    // all of stderr
};

// Runs a program to its end with nothing on stdin. `environment` is added to the test's own. Throws
// std::runtime_error where it cannot be started.
Finished run_program(const std::filesystem::path& program, const std::vector<std::string>& arguments,
                     const std::map<std::string, std::string>& environment = {});

}  // namespace tessera::test
