#include "app/window/key_queue.h"

#include <string>

#include "support/catch.h"

namespace tessera::test::key_queue_test {
namespace {

using app::KeyEvent;
using app::KeyQueue;
using app::TextEvent;
using Events = std::vector<KeyQueue::Event>;

constexpr int control = 341, backspace = 259;

KeyEvent down(int key) { return {key, 0, true, 0}; }
KeyEvent up(int key) { return {key, 0, false, 0}; }

void type(KeyQueue& queue, const std::string& text) {
  for (const char letter : text) {
    queue.add(down(letter));
    queue.add(TextEvent{unsigned(letter)});
    queue.add(up(letter));
  }
}

std::string text_of(const Events& events) {
  std::string text;
  for (const KeyQueue::Event& event : events)
    if (const auto* letter = std::get_if<TextEvent>(&event)) text += char(letter->character);
  return text;
}

}  // namespace

TEST_CASE("a key that is tapped between two frames is down for one", "[window]") {
  KeyQueue queue;
  queue.add(down('B'));
  queue.add(up('B'));
  CHECK(queue.next_frame(false) == Events{down('B')});
  CHECK(!queue.empty());
  CHECK(queue.next_frame(false) == Events{up('B')});
  CHECK(queue.empty());
  CHECK(queue.next_frame(false).empty());
}

TEST_CASE("a key that would make text is down for a frame as well where nobody types", "[window]") {
  KeyQueue queue;
  type(queue, "b");
  CHECK(queue.next_frame(false) == Events{down('b'), TextEvent{'b'}});
  CHECK(queue.next_frame(false) == Events{up('b')});
}

TEST_CASE("keys that are held together come together, and what follows waits its turn", "[window]") {
  KeyQueue queue;
  for (const KeyEvent& event : {down(control), down('A'), up('A'), up(control)}) queue.add(event);
  type(queue, "xy");
  CHECK(queue.next_frame(true) == Events{down(control), down('A')});
  // Not with the chord, which would swallow it.
  CHECK(text_of(queue.next_frame(true)) == "xy");
  CHECK(queue.empty());
}

TEST_CASE("a key tapped twice between two frames is pressed twice", "[window]") {
  KeyQueue queue;
  for (int i = 0; i < 2; ++i) {
    queue.add(down(backspace));
    queue.add(up(backspace));
  }
  int presses = 0, frames = 0;
  for (; !queue.empty(); ++frames)
    for (const KeyQueue::Event& event : queue.next_frame(true))
      presses += std::get<KeyEvent>(event).down ? 1 : 0;
  CHECK(presses == 2);
  CHECK(frames == 4);  // down, up, down, up
}

TEST_CASE("text that is typed fast comes whole and in order with the keys around it", "[window]") {
  KeyQueue queue;
  type(queue, "aab");
  queue.add(down(backspace));
  queue.add(up(backspace));
  type(queue, "c");
  const Events first = queue.next_frame(true);
  CHECK(text_of(first) == "aab");
  CHECK(first.back() == KeyQueue::Event{down(backspace)});  // taken after the text
  CHECK(text_of(queue.next_frame(true)) == "c");
  CHECK(queue.empty());
}

}  // namespace tessera::test::key_queue_test
