#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "ui/rect.h"

namespace tessera::ui {

struct Context;

// What one frame wrote and offered to click, for whoever looks at the layout: tests/ui/layout_test.cpp.
struct DrawnText {
  std::string window;  // ImGui's name of it; what lies over the others has one of its own
  Rect where;
  Rect clip;             // what of the window was visible there
  bool scrolls = false;  // what lies above or below the clip can be brought into it
  std::string text;      // as drawn
  std::string full;      // as it should have been: longer where there was no room
  bool is_cut() const { return text != full; }
};

struct DrawnControl {
  std::string window;
  Rect where;
  Rect clip;
  bool scrolls = false;
  std::string name;
};

struct Drawn {
  std::vector<DrawnText> texts;
  std::vector<DrawnControl> controls;
};

// In the present window; nothing where the context does not record.
void record_text(Context& context, const Rect& where, std::string_view text, std::string_view full);

void record_control(Context& context, const Rect& where, const std::string& name);

// Marks (ui/marks.h) something that can be clicked, and records it.
void mark_control(Context& context, const std::string& name, const Rect& where);

}  // namespace tessera::ui
