#pragma once

#include <imgui.h>

namespace tessera::ui {

// A band of one thickness that leaves and arrives level, from left to right. On screen.
struct Ribbon {
  float left = 0, right = 0;
  float source = 0, target = 0;  // where its middle is at either end
  float thickness = 0;

  // Where its middle is at x, which is taken to be within it.
  float middle(float x) const;
};

// Thinner than a pixel it fades instead.
void draw_ribbon(ImDrawList& list, const Ribbon& ribbon, ImU32 color);

// Slanted strokes over it, each as thick as `line`, where it is broad enough to bear them.
void hatch_ribbon(ImDrawList& list, const Ribbon& ribbon, ImU32 color, float line);

// Whether a point is on it, or no further above or below than `slack`.
bool on_ribbon(const Ribbon& ribbon, ImVec2 point, float slack);

}  // namespace tessera::ui
