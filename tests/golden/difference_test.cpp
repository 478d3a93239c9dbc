#include "golden/difference.h"

#include <algorithm>
#include <cmath>

#include "support/catch.h"

namespace tessera::test::difference_test {

using namespace tessera;
using test::difference;

namespace {

Image filled(int width, int height, std::uint8_t grey) {
  Image made(width, height);
  std::fill(made.rgb.begin(), made.rgb.end(), grey);
  return made;
}

}  // namespace

TEST_CASE("equal pictures do not differ, black and white do by one", "[golden]") {
  const Image white = filled(20, 12, 255), black = filled(20, 12, 0);
  CHECK(difference(white, white).greatest == 0);
  CHECK(difference(white, black).mean == Approx(1).margin(1e-4));
  CHECK(difference(white, black).greatest == Approx(1).margin(1e-4));
  CHECK(difference(white, white).picture == filled(3, 2, 255));
  CHECK(difference(white, black).picture == filled(3, 2, 0));
}

TEST_CASE("a block that differs shows in the greatest and hardly in the mean", "[golden]") {
  const Image white = filled(80, 80, 255);
  Image marked = white;
  for (int y = 16; y < 24; ++y)
    for (int x = 32; x < 40; ++x) std::fill_n(marked.pixel(x, y), 3, std::uint8_t(0));
  CHECK(difference(white, marked).greatest == Approx(1).margin(1e-4));
  CHECK(difference(white, marked).mean == Approx(0.01).margin(1e-4));
}

TEST_CASE("a line that moves by a pixel hardly differs", "[golden]") {
  Image here = filled(80, 80, 255), there = here;
  for (int y = 0; y < 80; ++y) {
    std::fill_n(here.pixel(34, y), 3, std::uint8_t(120));
    std::fill_n(there.pixel(35, y), 3, std::uint8_t(120));
  }
  CHECK(difference(here, there).greatest < 1e-6);
}

TEST_CASE("pictures of different sizes differ by infinity", "[golden]") {
  CHECK(std::isinf(difference(filled(8, 8, 0), filled(8, 9, 0)).mean));
}

}  // namespace tessera::test::difference_test
