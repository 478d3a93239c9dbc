#include "app/channel_range.h"

#include <charconv>

#include "tessera/base/error.h"

namespace tessera::app {
namespace {

int number(const std::string& text) {
  int value = -1;
  const auto read = std::from_chars(text.data(), text.data() + text.size(), value);
  if (read.ec != std::errc{} || read.ptr != text.data() + text.size()) return -1;
  return value;
}

}  // namespace

ChannelRange channel_range(const std::string& text, int channels) {
  if (text.empty()) return {0, channels - 1};
  const auto dash = text.find('-');
  const int first = number(text.substr(0, dash));
  const int last = dash == std::string::npos ? first : number(text.substr(dash + 1));
  if (first < 0 || last < first)
    throw Error("\"" + text + "\" names no channels", "--channels", "Write 17 or 0-63");
  if (last >= channels)
    throw Error("there is no channel " + std::to_string(last) + " in this layer", "--channels",
                "Its channels are 0 to " + std::to_string(channels - 1));
  return {first, last};
}

}  // namespace tessera::app
