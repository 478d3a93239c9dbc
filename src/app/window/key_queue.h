#pragma once

#include <deque>
#include <vector>

namespace tessera::app {

// As the window system tells it, in GLFW's words.
struct KeyEvent {
  int key = 0;
  int scancode = 0;
  bool down = true;
  int modifiers = 0;
  bool operator==(const KeyEvent&) const = default;
};

// Hands keys on frame by frame, in order, so that a frame sees no key change twice: what is pressed and let go
// between two frames is pressed in one and let go in the next. Dear ImGui does so itself from 1.87 on; before, it
// never hears of such a key.
class KeyQueue {
 public:
  void add(const KeyEvent& event) { waiting_.push_back(event); }
  std::vector<KeyEvent> next_frame();
  bool empty() const { return waiting_.empty(); }

 private:
  std::deque<KeyEvent> waiting_;
};

}  // namespace tessera::app
