// Groups laid over a picture.
#include "tessera/session/group_overlay.h"

#include <cmath>
#include <cstdlib>
#include <memory>

#include "support/catch.h"
#include "tessera/base/error.h"

namespace tessera::test::group_overlay_test {
namespace {

using session::LayerGroups;

// A layer of 1 x 2 positions with two groups: the first fires left with strength 4, the second right with 1.
// At the right (3, 3) is in no group.
LayerGroups two_groups() {
  factorization::Factorization found;
  found.maps = factorization::Matrix(2, 2);
  found.maps.values = {4, 0, 0, 1};
  found.directions = factorization::Matrix(2, 2);
  found.directions.values = {1, 0, 0, 1};
  found.explained = {0.5, 0.1};
  Cube activations(1, 2, 2);
  activations.values = {4, 0, 3, 4};
  session::GroupsRequest request;
  request.layer = "layer";
  return describe(request, {std::make_shared<const Cube>(activations), nullptr, true}, found, nullptr);
}

Image grey_picture() {
  Image picture(4, 2);
  for (std::uint8_t& value : picture.rgb) value = 100;
  return picture;
}

int distance(const std::uint8_t* pixel, factorization::Hue hue) {
  return std::abs(pixel[0] - hue.red) + std::abs(pixel[1] - hue.green) + std::abs(pixel[2] - hue.blue);
}

bool is_grey(const std::uint8_t* pixel) { return pixel[0] == pixel[1] && pixel[1] == pixel[2]; }

}  // namespace

TEST_CASE("each cell has the hue of the group that fires there, as strong as it fires", "[session]") {
  const LayerGroups groups = two_groups();
  const Image all = overlay(groups, grey_picture());
  REQUIRE(all.width == 4);
  REQUIRE(all.height == 2);
  CHECK(distance(all.pixel(0, 0), groups.hues[0]) < distance(all.pixel(0, 0), groups.hues[1]));
  for (int x : {0, 1})
    for (int c : {0, 1, 2}) CHECK(all.pixel(x, 0)[c] == all.pixel(0, 1)[c]);
  CHECK_FALSE(is_grey(all.pixel(3, 0)));
  // The weaker group is paler: further from its own hue than the stronger one from its.
  CHECK(distance(all.pixel(3, 0), groups.hues[1]) > distance(all.pixel(0, 0), groups.hues[0]));
}

TEST_CASE("a group alone leaves the rest of the picture pale and grey", "[session]") {
  const LayerGroups groups = two_groups();
  const Image first = overlay(groups, grey_picture(), 0);
  CHECK_FALSE(is_grey(first.pixel(0, 0)));
  CHECK(is_grey(first.pixel(3, 0)));
  CHECK(first.pixel(3, 0)[0] > 100);
  CHECK_THROWS_AS(overlay(groups, grey_picture(), 2), Error);
  CHECK_THROWS_AS(overlay(groups, Image()), Error);
}

TEST_CASE("the residual is grey, where it is", "[session]") {
  const LayerGroups groups = two_groups();
  const Cube& residual = *groups.residual_map;
  CHECK(residual.at(0, 0, 0) == 0);
  CHECK(residual.at(0, 1, 0) == Approx(std::sqrt(3.0 * 3 + 3 * 3)));
  const Image drawn = residual_overlay(groups, grey_picture());
  CHECK(is_grey(drawn.pixel(0, 0)));
  CHECK(is_grey(drawn.pixel(3, 0)));
  CHECK(drawn.pixel(3, 0)[0] < drawn.pixel(0, 0)[0]);
}

}  // namespace tessera::test::group_overlay_test
