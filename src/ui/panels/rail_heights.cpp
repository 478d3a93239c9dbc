#include "ui/panels/rail_heights.h"

#include <algorithm>

namespace tessera::ui {

std::vector<float> shared_heights(std::span<const NeededHeight> needed, float room) {
  float least = 0, enough = 0;
  for (const NeededHeight& part : needed) {
    least += part.least;
    enough += part.enough;
  }
  const float share = enough > least ? std::clamp((room - least) / (enough - least), 0.0f, 1.0f) : 1.0f;
  std::vector<float> heights;
  for (const NeededHeight& part : needed) heights.push_back(part.least + share * (part.enough - part.least));
  float rest = room - enough;
  for (std::size_t i = 0; i < needed.size() && rest > 0; ++i) {
    const float more = needed[i].wanted - needed[i].enough;
    if (needed[i].all_or_enough && more > rest) continue;
    heights[i] += std::min(more, rest);
    rest -= std::min(more, rest);
  }
  return heights;
}

}  // namespace tessera::ui
