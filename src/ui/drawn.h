#pragma once

#include <string>
#include <vector>

#include "ui/rect.h"

namespace tessera::ui {

// What one frame wrote and offered to click, for whoever looks at the layout: tests/ui/layout_test.cpp.
struct DrawnText {
  std::string window;  // ImGui's name of it; what lies over the others has one of its own
  Rect where;
  Rect clip;         // what of the window was visible there
  std::string text;  // as drawn
  std::string full;  // as it should have been: longer where there was no room
  bool is_cut() const { return text != full; }
};

struct DrawnControl {
  std::string window;
  Rect where;
  Rect clip;
  std::string name;
};

struct Drawn {
  std::vector<DrawnText> texts;
  std::vector<DrawnControl> controls;
};

}  // namespace tessera::ui
