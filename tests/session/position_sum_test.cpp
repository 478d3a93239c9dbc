#include "tessera/session/position_sum.h"

#include "support/catch.h"
#include "tessera/base/error.h"

namespace tessera::test::position_sum_test {

using namespace tessera;

TEST_CASE("what channels contribute together is their sum at each position", "[session]") {
  auto values = std::make_shared<Cube>(1, 2, 3);
  values->values = {1, 2, 4, -8, 16, 32};
  const session::PositionSum query{values, "values", {0, 2}};
  const auto sum = session::sum_by_position(query);
  CHECK(sum->height == 1);
  CHECK(sum->width == 2);
  CHECK(sum->channels == 1);
  CHECK(sum->values == std::vector<float>{5, 24});
  CHECK(query.key() != session::PositionSum{values, "values", {0}}.key());
  CHECK(query.key() != session::PositionSum{values, "others", {0, 2}}.key());
}

TEST_CASE("a channel that a cube does not have is refused", "[session]") {
  CHECK_THROWS_AS(session::sum_by_position({std::make_shared<Cube>(1, 1, 3), "values", {3}}), Error);
}

}  // namespace tessera::test::position_sum_test
