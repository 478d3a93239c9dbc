#pragma once

#include <string>
#include <string_view>

namespace tessera {

// In double quotes, as sentences have what somebody wrote.
inline std::string in_quotes(std::string_view text) {
  std::string result;
  result.reserve(text.size() + 2);
  result += '"';
  result += text;
  result += '"';
  return result;
}

}  // namespace tessera
