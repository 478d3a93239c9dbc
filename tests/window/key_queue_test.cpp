#include "app/window/key_queue.h"

#include "support/catch.h"

namespace tessera::test {

using app::KeyEvent;
using app::KeyQueue;
using Events = std::vector<KeyEvent>;

TEST_CASE("a key that is tapped between two frames is down for one", "[window]") {
  KeyQueue queue;
  const KeyEvent down{66, 0, true, 0}, up{66, 0, false, 0};
  queue.add(down);
  queue.add(up);
  CHECK(queue.next_frame() == Events{down});
  CHECK(!queue.empty());
  CHECK(queue.next_frame() == Events{up});
  CHECK(queue.empty());
  CHECK(queue.next_frame().empty());
}

TEST_CASE("keys that are held together come together, and what follows waits its turn", "[window]") {
  KeyQueue queue;
  const KeyEvent control{341, 0, true, 2}, e{69, 0, true, 2}, e_up{69, 0, false, 2}, control_up{341, 0, false, 0},
      b{66, 0, true, 0};
  for (const KeyEvent& event : {control, e, e_up, control_up, b}) queue.add(event);
  CHECK(queue.next_frame() == Events{control, e});
  // Not with the chord, although nothing else was done to this key.
  CHECK(queue.next_frame() == Events{e_up, control_up, b});
  CHECK(queue.empty());
}

TEST_CASE("a key tapped twice between two frames is pressed twice", "[window]") {
  KeyQueue queue;
  for (int i = 0; i < 2; ++i) {
    queue.add({262, 0, true, 0});
    queue.add({262, 0, false, 0});
  }
  int presses = 0, frames = 0;
  for (; !queue.empty(); ++frames)
    for (const KeyEvent& event : queue.next_frame()) presses += event.down ? 1 : 0;
  CHECK(presses == 2);
  CHECK(frames == 4);
}

}  // namespace tessera::test
