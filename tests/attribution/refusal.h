#pragma once

#include <string>

#include "tessera/base/error.h"

namespace tessera::test {

// What a call refuses with; empty where it does not.
template <typename Call>
std::string refusal(Call&& call) {
  try {
    call();
  } catch (const Error& error) {
    return error.what();
  }
  return {};
}

// As above, and whether it says so.
template <typename Call>
bool refuses(const std::string& reason, Call&& call) {
  return refusal(call).find(reason) != std::string::npos;
}

}  // namespace tessera::test
