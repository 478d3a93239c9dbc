#pragma once

#include <string>

namespace tessera::app {

// Channels of a layer, both ends included.
struct ChannelRange {
  int first = 0;
  int last = 0;
};

// "17" or "0-63"; "" for all of them. Throws Error for what is none, or reaches beyond the layer.
ChannelRange channel_range(const std::string& text, int channels);

}  // namespace tessera::app
