#include "featurevis/picture.h"

#include <vector>

#include "support/catch.h"

namespace tessera::test::picture_test {

using namespace tessera;

TEST_CASE("what is opaque is shown as it is, what is transparent as the light ground", "[featurevis]") {
  // Four pixels of one colour: opaque, transparent, half, and nearly transparent.
  std::vector<float> planes;
  for (const float value : {.2f, .4f, 1.f}) planes.insert(planes.end(), 4, value);
  planes.insert(planes.end(), {1, 0, .5f, .05f});
  const Image picture = featurevis::to_picture(planes.data(), 2);
  const auto pixel = [&](int x, int y) {
    return std::vector<int>(picture.pixel(x, y), picture.pixel(x, y) + 3);
  };
  CHECK(pixel(0, 0) == std::vector<int>{51, 102, 255});
  // .3 rgb + .7
  CHECK(pixel(1, 0) == std::vector<int>{194, 209, 255});
  CHECK(pixel(1, 1) == pixel(1, 0));
  // .65 rgb + .35
  CHECK(pixel(0, 1) == std::vector<int>{122, 156, 255});
}

}  // namespace tessera::test::picture_test
