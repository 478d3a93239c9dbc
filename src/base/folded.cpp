#include "base/folded.h"

#include <utf8proc.h>

#include <algorithm>
#include <cstdlib>
#include <memory>

namespace tessera {
namespace {

bool is_ascii(std::string_view text) {
  return std::all_of(text.begin(), text.end(), [](unsigned char c) { return c < 0x80; });
}

// Not std::tolower, which asks the locale.
std::string ascii_folded(std::string_view text) {
  std::string small(text);
  for (char& letter : small)
    if (letter >= 'A' && letter <= 'Z') letter = char(letter - 'A' + 'a');
  return small;
}

}  // namespace

std::string folded(std::string_view text) {
  if (is_ascii(text)) return ascii_folded(text);
  utf8proc_uint8_t* written = nullptr;
  const utf8proc_ssize_t length =
      utf8proc_map(reinterpret_cast<const utf8proc_uint8_t*>(text.data()), utf8proc_ssize_t(text.size()),
                   &written, utf8proc_option_t(UTF8PROC_CASEFOLD | UTF8PROC_COMPOSE | UTF8PROC_STABLE));
  const std::unique_ptr<utf8proc_uint8_t, decltype(&std::free)> owner(written, &std::free);
  if (length < 0) return ascii_folded(text);
  return {reinterpret_cast<const char*>(written), std::size_t(length)};
}

}  // namespace tessera
