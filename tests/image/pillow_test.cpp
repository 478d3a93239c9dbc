#include "image/pictures.h"
#include "support/catch.h"
#include "tessera/image/load.h"

// The pictures of these folders lie beside what Pillow made of them, or are sorted by it
// (tools/make_image_fixtures.py).
namespace tessera::test::pillow_test {

using namespace tessera;
using test::largest_difference;
using test::picture;
using test::pictures_in;

namespace {

std::string beside(const std::string& name) { return name.substr(0, name.rfind('.')) + ".png"; }

}  // namespace

TEST_CASE("a JPEG has Pillow's samples: halved colours, progressive, restarts, RGB, CMYK, YCCK", "[image]") {
  const auto names = pictures_in("jpeg", ".jpg");
  REQUIRE(names.size() >= 11);
  for (const std::string& name : names) {
    INFO(name);
    CHECK(largest_difference(picture(name), picture(beside(name))) == 0);
  }
}

TEST_CASE("a BMP has Pillow's samples: every header, depth and packing", "[image]") {
  const auto names = pictures_in("bmp", ".bmp");
  REQUIRE(names.size() >= 45);
  for (const std::string& name : names) {
    INFO(name);
    // Opacity is composited on white, which is rounded.
    CHECK(largest_difference(picture(name), picture(beside(name))) <=
          (name.starts_with("bmp/alpha") ? 1 : 0));
  }
}

TEST_CASE("a picture is made upright wherever its orientation is written", "[image]") {
  const Image upright = picture("quadrants.png");
  const auto names = pictures_in("turned");
  REQUIRE(names.size() >= 40);
  for (const std::string& name : names) {
    INFO(name);
    CHECK(largest_difference(picture(name), upright) <= (name.ends_with(".jpg") ? 3 : 0));
  }
}

TEST_CASE("a picture is left as it is where Pillow sees no orientation", "[image]") {
  const Image stored = picture("orientation_stored_6.png");
  const auto names = pictures_in("not_turned");
  REQUIRE(names.size() >= 20);
  for (const std::string& name : names) {
    INFO(name);
    CHECK(largest_difference(picture(name), stored) <= (name.ends_with(".jpg") ? 3 : 0));
  }
}

}  // namespace tessera::test::pillow_test
