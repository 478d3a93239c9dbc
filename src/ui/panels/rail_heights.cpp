#include "ui/panels/rail_heights.h"

#include <algorithm>
#include <cmath>

namespace tessera::ui {
namespace {

// How much of it is of use beyond the least.
float useful(const NeededHeight& part, float more) {
  constexpr float rounding = 0.01f;
  return part.row > 0 ? std::floor(more / part.row + rounding) * part.row : more;
}

std::vector<float> least_and_more(std::span<const NeededHeight> needed, float share) {
  std::vector<float> heights;
  float spare = 0;
  for (const NeededHeight& part : needed) {
    const float most = part.enough - part.least;
    const float offered = share * most + spare;
    const float taken = useful(part, std::min(offered, most));
    heights.push_back(part.least + taken);
    spare = offered - taken;
  }
  return heights;
}

}  // namespace

std::vector<float> shared_heights(std::span<const NeededHeight> needed, float room) {
  float least = 0, enough = 0;
  for (const NeededHeight& part : needed) {
    least += part.least;
    enough += part.enough;
  }
  const float share = enough > least ? std::clamp((room - least) / (enough - least), 0.0f, 1.0f) : 1.0f;
  std::vector<float> heights = least_and_more(needed, share);
  float rest = room - enough;
  for (std::size_t i = 0; i < needed.size() && rest > 0; ++i) {
    const float wanted = needed[i].wanted - needed[i].enough;
    if (needed[i].all_or_enough && wanted > rest) continue;
    const float more = useful(needed[i], std::min(wanted, rest));
    heights[i] += more;
    rest -= more;
  }
  return heights;
}

}  // namespace tessera::ui
