#include "image/metadata/raw_profile.h"

namespace tessera::image {
namespace {

int digit_of(char letter) {
  if (letter >= '0' && letter <= '9') return letter - '0';
  if (letter >= 'a' && letter <= 'f') return letter - 'a' + 10;
  if (letter >= 'A' && letter <= 'F') return letter - 'A' + 10;
  return -1;
}

}  // namespace

std::string raw_profile(std::string_view text) {
  for (int line = 0; line < 3; ++line) {
    const auto end = text.find('\n');
    if (end == std::string_view::npos) return {};
    text.remove_prefix(end + 1);
  }
  std::string bytes;
  int high = -1;
  for (const char letter : text) {
    if (letter == '\n' || letter == '\r' || letter == ' ' || letter == '\t') continue;
    const int digit = digit_of(letter);
    if (digit < 0) return {};
    if (high < 0) {
      high = digit;
    } else {
      bytes += char(high << 4 | digit);
      high = -1;
    }
  }
  return high < 0 ? bytes : std::string();
}

}  // namespace tessera::image
