#include "render/atlas_values.h"

#include <cmath>
#include <limits>

#include "render/atlas_layout.h"
#include "support/catch.h"

namespace tessera::test::atlas_values_test {

using namespace tessera;
using namespace tessera::render;

namespace {

constexpr float not_a_number = std::numeric_limits<float>::quiet_NaN();

float tile_value(const AtlasValues& arranged, const Atlas& atlas, int channel, int y, int x) {
  const int row = channel / atlas.columns * atlas.tile_height + y;
  const int column = channel % atlas.columns * atlas.tile_width + x;
  return arranged.values[std::size_t(row * atlas.columns * atlas.tile_width + column)];
}

}  // namespace

TEST_CASE("every value of a cube finds its place in the atlas", "[render]") {
  Cube cube(3, 4, 7);
  for (std::size_t i = 0; i < cube.values.size(); ++i) cube.values[i] = float(i);
  const Atlas atlas = plan_atlas(3, 4, 7);
  const AtlasValues arranged = arrange(cube, atlas);
  for (int c = 0; c < 7; ++c)
    for (int y = 0; y < 3; ++y)
      for (int x = 0; x < 4; ++x) CHECK(tile_value(arranged, atlas, c, y, x) == cube.at(y, x, c));
}

TEST_CASE("a channel's range counts what is finite", "[render]") {
  Cube cube(1, 3, 3);
  cube.values = {
      1, -2, not_a_number, 5, not_a_number, not_a_number, 3, 7, std::numeric_limits<float>::infinity()};
  const AtlasValues arranged = arrange(cube, plan_atlas(1, 3, 3));
  CHECK(arranged.ranges[0] == 1);
  CHECK(arranged.ranges[1] == 5);
  CHECK(arranged.ranges[2] == -2);
  CHECK(arranged.ranges[3] == 7);
  CHECK(arranged.ranges[4] == 0);  // nothing finite
  CHECK(arranged.ranges[5] == 0);
}

TEST_CASE("a reduced atlas shows means, and hides nothing that is not finite", "[render]") {
  Cube cube(3, 5, 2);  // channel 0: 10 y + x; channel 1: one value that is not a number
  for (int y = 0; y < 3; ++y)
    for (int x = 0; x < 5; ++x) cube.at(y, x, 0) = float(10 * y + x);
  cube.at(1, 3, 1) = not_a_number;
  Atlas atlas;
  atlas.columns = 2;
  atlas.rows = 1;
  atlas.reduction = 2;
  atlas.tile_width = 3;
  atlas.tile_height = 2;
  const AtlasValues arranged = arrange(cube, atlas);
  CHECK(tile_value(arranged, atlas, 0, 0, 0) == (0 + 1 + 10 + 11) / 4.0f);
  CHECK(tile_value(arranged, atlas, 0, 0, 2) == (4 + 14) / 2.0f);
  CHECK(tile_value(arranged, atlas, 0, 1, 2) == 24);
  CHECK(std::isnan(tile_value(arranged, atlas, 1, 0, 1)));
  CHECK(tile_value(arranged, atlas, 1, 1, 1) == 0);
  CHECK(arranged.ranges[1] == 24);
}

}  // namespace tessera::test::atlas_values_test
