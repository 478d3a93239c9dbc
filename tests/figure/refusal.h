#pragma once

#include <string>

#include "tessera/base/error.h"

namespace tessera::test {

// What a person is told; empty where nothing is refused.
template <class Do>
std::string refusal_of(Do what) {
  try {
    what();
  } catch (const Error& error) {
    return error.what();
  }
  return {};
}

}  // namespace tessera::test
