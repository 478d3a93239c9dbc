#include "app/window/frame_pacer.h"

#include "support/catch.h"

namespace tessera::test::frame_pacer_test {

using tessera::app::FramePacer;

namespace {

int drawn_until_asleep(FramePacer& pacer) {
  int frames = 0;
  while (pacer.frame_due() && frames < 100) {
    pacer.frame_drawn();
    ++frames;
  }
  return frames;
}

}  // namespace

TEST_CASE("a window draws a few frames after something happened and then sleeps", "[window]") {
  FramePacer pacer;
  CHECK(drawn_until_asleep(pacer) > 0);
  pacer.something_happened();
  const int frames = drawn_until_asleep(pacer);
  CHECK(frames >= 2);
  CHECK(frames <= 5);
  CHECK_FALSE(pacer.frame_due());
}

TEST_CASE("a frame that asks for another one gets exactly that", "[window]") {
  FramePacer pacer;
  drawn_until_asleep(pacer);
  pacer.one_more();
  CHECK(drawn_until_asleep(pacer) == 1);
}

TEST_CASE("asking for one more does not shorten what is due", "[window]") {
  FramePacer pacer;
  pacer.something_happened();
  pacer.one_more();
  CHECK(drawn_until_asleep(pacer) >= 2);
}

}  // namespace tessera::test::frame_pacer_test
