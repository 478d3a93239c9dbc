#include "featurevis/transforms.h"

#include <cmath>
#include <map>
#include <numbers>

#include "support/catch.h"

namespace tessera::test::transforms_test {

using namespace tessera::featurevis;
using tessera::test::Approx;

TEST_CASE("transforms are drawn from the standard distribution", "[featurevis]") {
  Random random(7);
  std::map<int, int> x, y, scale, degrees, x_after;
  constexpr int drawn = 26000;
  for (int i = 0; i < drawn; ++i) {
    const Transform transform = draw(standard_transforms, random);
    ++x[transform.x];
    ++y[transform.y];
    ++scale[int(std::lround(transform.scale * 100))];
    ++degrees[int(std::lround(transform.degrees))];
    ++x_after[transform.x_after];
    CHECK(transform.degrees == std::round(transform.degrees));
  }
  // Within five standard deviations of what is expected.
  const auto check = [](const std::map<int, int>& found, int first, int last, int step, double share) {
    CHECK(found.begin()->first == first);
    CHECK(found.rbegin()->first == last);
    CHECK(int(found.size()) == (last - first) / step + 1);
    for (const auto& [value, count] : found) {
      INFO(value);
      if (first == -10 && value == 0) continue;
      CHECK(std::abs(count - share * drawn) < 5 * std::sqrt(share * drawn));
    }
  };
  check(x, -4, 4, 1, 1. / 9);
  check(y, -4, 4, 1, 1. / 9);
  check(scale, 90, 110, 2, 1. / 11);
  check(x_after, -2, 2, 1, 1. / 5);
  check(degrees, -10, 10, 1, 1. / 26);
  CHECK(std::abs(degrees[0] - drawn * 6. / 26) < 5 * std::sqrt(drawn * 6. / 26));
}

TEST_CASE("without a transform the network sees the picture in the middle of its padding", "[featurevis]") {
  const kernels::Affine map = to_affine({}, 128, 140, 140);
  CHECK(map.xx == Approx(1));
  CHECK(map.xy == Approx(0).margin(1e-7));
  CHECK(map.x0 == Approx(-6));
  CHECK(map.y0 == Approx(-6));
}

TEST_CASE("a resampling is the sequence of moves, scale and rotation", "[featurevis]") {
  const Transform transform{3, -2, 1.1, 10, -1, 2};
  const kernels::Affine map = to_affine(transform, 100, 112, 112);
  // Where a point of the picture ends up when it is moved, scaled, turned and moved one after the other.
  const double centre = 99 / 2.;
  const double from_x = 20;
  const double from_y = 71;
  double x = from_x - centre + transform.x;
  double y = from_y - centre + transform.y;
  x *= transform.scale;
  y *= transform.scale;
  const double angle = 10 * std::numbers::pi / 180;
  const double turned_x = std::cos(angle) * x + std::sin(angle) * y + transform.x_after + 111 / 2.;
  const double turned_y = -std::sin(angle) * x + std::cos(angle) * y + transform.y_after + 111 / 2.;
  CHECK(map.xx * turned_x + map.xy * turned_y + map.x0 == Approx(from_x).epsilon(1e-5));
  CHECK(map.yx * turned_x + map.yy * turned_y + map.y0 == Approx(from_y).epsilon(1e-5));
}

TEST_CASE("a network with a size of its own sees the same square at its own resolution", "[featurevis]") {
  const kernels::Affine map = to_affine({}, 100, 224, 56);
  // The corners of the seen square, in pixels' centres.
  CHECK(map.xx * -.5 + map.x0 == Approx(-6.5));
  CHECK(map.xx * 223.5 + map.x0 == Approx(105.5));
  CHECK(map.yy * -.5 + map.y0 == Approx(-6.5));
  CHECK(map.yy * 55.5 + map.y0 == Approx(105.5));
}

}  // namespace tessera::test::transforms_test
