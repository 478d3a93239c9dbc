#include "ui/panels/card_place.h"

#include <algorithm>
#include <array>

namespace tessera::ui {
namespace {

float clamped(float at, float size, float from, float to) {
  return std::clamp(at, from, std::max(from, to - size));
}

float overlap(const Rect& a, const Rect& b) {
  const float wide = std::min(a.to.x, b.to.x) - std::max(a.from.x, b.from.x);
  const float tall = std::min(a.to.y, b.to.y) - std::max(a.from.y, b.from.y);
  return wide > 0 && tall > 0 ? wide * tall : 0;
}

}  // namespace

Rect with_neighbours(const Rect& about) {
  const float wide = about.width(), tall = about.height();
  const float beside = wide > 2 * tall ? 0 : std::min(wide, tall);
  const float above = tall > 2 * wide ? 0 : std::min(wide, tall);
  return {{about.from.x - beside, about.from.y - above}, {about.to.x + beside, about.to.y + above}};
}

Rect card_place(const Rect& about, ImVec2 size, const Rect& screen, float gap) {
  const auto at = [&](float x, float y) {
    const ImVec2 from{clamped(x, size.x, screen.from.x, screen.to.x),
                      clamped(y, size.y, screen.from.y, screen.to.y)};
    return Rect{from, {from.x + size.x, from.y + size.y}};
  };
  const float middle_y = about.center().y - size.y / 2;
  const float middle_x = about.center().x - size.x / 2;
  const auto around = [&](const Rect& clear) {
    return std::array{at(clear.to.x + gap, middle_y), at(clear.from.x - gap - size.x, middle_y),
                      at(middle_x, clear.to.y + gap), at(middle_x, clear.from.y - gap - size.y)};
  };
  const Rect neighbours = with_neighbours(about);
  for (const Rect& clear : {neighbours, about})
    for (const Rect& place : around(clear))
      if (overlap(place, clear) == 0) return place;
  const auto all = around(about);
  return *std::ranges::min_element(all, {}, [&](const Rect& place) { return overlap(place, about); });
}

}  // namespace tessera::ui
