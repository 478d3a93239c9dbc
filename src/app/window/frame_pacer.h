#pragma once

#include <algorithm>

namespace tessera::app {

// Decides when a frame is due, so that the window sleeps when nothing changes.
class FramePacer {
 public:
  // Input came in, or an answer. Dear ImGui learns in one frame what is hovered, acts on it in the next and
  // lays out what has changed in the one after that.
  void something_happened() { due_ = settling; }
  // The frame just drawn left something to be drawn again.
  void one_more() { due_ = std::max(due_, 1); }

  bool frame_due() const { return due_ > 0; }
  void frame_drawn() { due_ = std::max(due_ - 1, 0); }

 private:
  static constexpr int settling = 3;
  int due_ = settling;  // the first frames need no reason
};

}  // namespace tessera::app
