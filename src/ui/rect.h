#pragma once

#include <imgui.h>

namespace tessera::ui {

// A rectangle on screen, in ImGui's coordinates.
struct Rect {
  ImVec2 from;
  ImVec2 to;

  float width() const { return to.x - from.x; }
  float height() const { return to.y - from.y; }
  ImVec2 center() const { return {(from.x + to.x) / 2, (from.y + to.y) / 2}; }
  bool contains(ImVec2 point) const {
    return point.x >= from.x && point.x < to.x && point.y >= from.y && point.y < to.y;
  }
  Rect grown(float by) const { return {{from.x - by, from.y - by}, {to.x + by, to.y + by}}; }
};

}  // namespace tessera::ui
