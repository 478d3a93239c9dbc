#include "app/window/key_queue.h"

#include <algorithm>

namespace tessera::app {

std::vector<KeyEvent> KeyQueue::next_frame() {
  std::vector<KeyEvent> now;
  while (!waiting_.empty()) {
    const KeyEvent& next = waiting_.front();
    if (std::ranges::any_of(now, [&](const KeyEvent& before) { return before.key == next.key; })) break;
    now.push_back(next);
    waiting_.pop_front();
  }
  return now;
}

}  // namespace tessera::app
