#include "render/shelf.h"

#include "support/catch.h"

namespace tessera::test::shelf_test {

using tessera::render::Shelf;

namespace {

struct Thing {
  std::size_t weight;
  std::size_t bytes() const { return weight; }
};

}  // namespace

TEST_CASE("what is asked for stays, the rest goes after its frames", "[render]") {
  Shelf<int, Thing> shelf(2, 1000);
  shelf.put(1, {10});
  shelf.put(2, {10});
  for (int frame = 0; frame < 5; ++frame) {
    CHECK(shelf.find(1) != nullptr);
    shelf.end_frame();
  }
  CHECK(shelf.size() == 1);
  CHECK(shelf.find(2) == nullptr);
}

TEST_CASE("beyond the budget the least recently asked go first", "[render]") {
  Shelf<int, Thing> shelf(100, 25);
  for (int key = 0; key < 3; ++key) {
    shelf.put(key, {10});
    shelf.end_frame();
  }
  CHECK(shelf.find(0) == nullptr);
  CHECK(shelf.find(1) != nullptr);
  CHECK(shelf.find(2) != nullptr);
  CHECK(shelf.bytes() == 20);
}

TEST_CASE("what the ending frame needs is kept whatever it weighs", "[render]") {
  Shelf<int, Thing> shelf(100, 5);
  shelf.put(1, {10});
  shelf.put(2, {10});
  shelf.end_frame();
  CHECK(shelf.size() == 2);
  shelf.end_frame();
  CHECK(shelf.size() == 0);
}

}  // namespace tessera::test::shelf_test
