#pragma once

#include <algorithm>
#include <string_view>

namespace tessera {

// Whether a text is a number without a sign.
inline bool all_digits(std::string_view text) {
  return !text.empty() && std::all_of(text.begin(), text.end(), [](char c) { return c >= '0' && c <= '9'; });
}

}  // namespace tessera
