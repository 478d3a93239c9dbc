#pragma once

#include <string>

#include "tessera/factorization/factorization.h"

namespace tessera::app {

// What `tessera groups` tells: where the values came from and what they were broken up into.
struct GroupsReport {
  std::string source;     // the file, or the picture
  std::string objective;  // as on the command line
  int cubes = 1;
  int height = 0, width = 0;
  factorization::Factorization groups;
};

std::string to_text(const GroupsReport& report);
std::string to_json(const GroupsReport& report);

}  // namespace tessera::app
