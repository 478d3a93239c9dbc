#pragma once

#include <deque>
#include <variant>
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
struct TextEvent {
  unsigned character = 0;
  bool operator==(const TextEvent&) const = default;
};

// Hands keys and text on frame by frame, in order, so that what is pressed and let go between two frames is
// down for one of them. Dear ImGui does so itself from 1.87 on; before, it never hears of such a key.
class KeyQueue {
 public:
  using Event = std::variant<KeyEvent, TextEvent>;

  void add(Event event) { waiting_.push_back(event); }

  // What the next frame may see: up to the first key that would change twice, or text behind a key that it is
  // no part of (Backspace, say), as Dear ImGui takes text before keys. `typing`: a text field has the keys;
  // then those that make text need not be seen, and a frame takes any number of them.
  std::vector<Event> next_frame(bool typing);

  bool empty() const { return waiting_.empty(); }

 private:
  std::deque<Event> waiting_;
};

}  // namespace tessera::app
