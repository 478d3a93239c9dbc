#include "app/window/key_queue.h"

#include <GLFW/glfw3.h>

#include <set>

namespace tessera::app {
namespace {

bool is_modifier(int key) { return key >= GLFW_KEY_LEFT_SHIFT && key <= GLFW_KEY_RIGHT_SUPER; }

}  // namespace

std::vector<KeyQueue::Event> KeyQueue::next_frame(bool typing) {
  std::vector<Event> now;
  std::set<int> changed, made_text;
  bool other_pressed = false;
  while (!waiting_.empty()) {
    if (const auto* key = std::get_if<KeyEvent>(&waiting_.front())) {
      if (changed.contains(key->key) && !(typing && made_text.contains(key->key))) break;
      changed.insert(key->key);
      // A key's text comes right behind it.
      const bool makes_text = waiting_.size() > 1 && std::holds_alternative<TextEvent>(waiting_[1]);
      if (key->down && makes_text) made_text.insert(key->key);
      other_pressed = other_pressed || (key->down && !makes_text && !is_modifier(key->key));
    } else if (other_pressed) {
      break;
    }
    now.push_back(waiting_.front());
    waiting_.pop_front();
  }
  return now;
}

}  // namespace tessera::app
