#pragma once

#include <string>
#include <utility>

#include "base/strict_json.h"

namespace tessera::attribution {

// What is read from JSON here, as told to the person where it is refused: `name` as in "the objective".
inline strict_json::Subject written(std::string name) {
  return {std::move(name), "See docs/attribution.md for how it is written"};
}

}  // namespace tessera::attribution
