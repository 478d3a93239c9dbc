#pragma once

#include "ui/context.h"

namespace tessera::ui {

// Where all of a picture would lie if the part that is zoomed to fills `where`.
Rect zoomed(const Rect& where, const Zoom& zoom);

// The wheel zooms about the point under the mouse, dragging with the right button moves. In `where`, which
// shows what `zoom` says.
void zoom_with_mouse(const AppState& state, Context& context, const Rect& where);

// Draws within a rectangle alone.
class Clipped {
 public:
  explicit Clipped(const Rect& where) {
    ImGui::GetWindowDrawList()->PushClipRect(where.from, where.to, true);
  }
  ~Clipped() { ImGui::GetWindowDrawList()->PopClipRect(); }
  Clipped(const Clipped&) = delete;
  Clipped& operator=(const Clipped&) = delete;
};

}  // namespace tessera::ui
