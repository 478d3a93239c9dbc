// The cube view: its geometry, and what mouse and legend change.
#include <algorithm>
#include <cmath>

#include "support/catch.h"
#include "ui/cube/blocks.h"
#include "ui/cube/projection.h"
#include "ui/fake_session.h"
#include "ui/headless.h"

namespace tessera::test::cube_test {

using namespace tessera;
using namespace tessera::ui;
using test::Approx;
using test::FakeSession;
using test::Headless;

namespace {

struct OnScreen {
  FakeSession session;
  engine::Engine engine;
  Headless view;
  OnScreen()
      : view((session.serve(engine), engine), test::chosen("cat_64x48.png", "net.pt", ViewKind::cube)) {
    REQUIRE(view.frames_until([&] { return view.visible("cube/front"); }));
  }
};

}  // namespace

TEST_CASE("seen from the front, x goes right, y up, and nothing of depth is left", "[ui]") {
  const Projection front(0, 0, {100, 50}, 10);
  CHECK(front.at({1, 2, 3}).x == Approx(110));
  CHECK(front.at({1, 2, 3}).y == Approx(30));
  CHECK(front.nearness({0, 0, 1}) > front.nearness({0, 0, -1}));
  CHECK(faces_viewer(front, Side::front));
  for (const Side hidden : {Side::back, Side::top, Side::bottom, Side::left, Side::right})
    CHECK_FALSE(faces_viewer(front, hidden));
}

TEST_CASE("from above and a side three sides are seen, and lengths are those of the direction", "[ui]") {
  const float turn = 0.5f, tilt = 0.4f;
  const Projection slanted(turn, tilt, {0, 0}, 1);
  int seen = 0;
  for (const Side side : {Side::top, Side::bottom, Side::left, Side::right, Side::front, Side::back})
    seen += faces_viewer(slanted, side);
  CHECK(seen == 3);
  CHECK(faces_viewer(slanted, Side::top));
  const Point3 axes[] = {{1, 0, 0}, {0, 1, 0}, {0, 0, 1}};
  for (const Point3& axis : axes) {
    const ImVec2 at = slanted.at(axis);
    const float nearness = slanted.nearness(axis);
    CHECK(at.x * at.x + at.y * at.y + nearness * nearness == Approx(1));  // a rotation
  }
}

TEST_CASE("blocks are the whole cube, each number in one of them", "[ui]") {
  for (const Atom atom : {Atom::neuron, Atom::position, Atom::channel, Atom::group, Atom::whole}) {
    const int height = 14, width = 9, channels = 50;
    const Cut cut = cut_for(atom, height, width, channels);
    std::vector<int> covered(std::size_t(height) * width * channels, 0);
    for (const Block& block : blocks_of(cut, height, width, channels)) {
      for (int y = block.row; y < block.row_end; ++y)
        for (int x = block.column; x < block.column_end; ++x)
          for (int c = block.channel; c < block.channel_end; ++c)
            ++covered[(std::size_t(y) * width + std::size_t(x)) * channels + std::size_t(c)];
      const Box3 all = bounds(height, width);
      CHECK(block.box.from.x >= all.from.x - 1e-5f);
      CHECK(block.box.to.y <= all.to.y + 1e-5f);
      CHECK(block.box.to.z > block.box.from.z);
    }
    CHECK(std::ranges::all_of(covered, [](int count) { return count == 1; }));
  }
  CHECK(cut_for(Atom::position, 1, 1, 1000) == Cut{1, 1, 1});
  CHECK(cut_for(Atom::neuron, 3, 2, 4) == Cut{3, 2, 4});
}

TEST_CASE("nearer blocks come later, and channel 0 is on top", "[ui]") {
  const Projection slanted(0.6f, 0.5f, {0, 0}, 1);
  std::vector<Block> blocks = blocks_of({3, 3, 3}, 3, 3, 3);
  sort_by_nearness(blocks, slanted);
  CHECK(std::ranges::is_sorted(blocks, {},
                               [&](const Block& block) { return slanted.nearness(block.box.middle()); }));
  CHECK(blocks.back().channel == 0);
  CHECK(blocks.back().row == 2);
  for (const Block& block : blocks) CHECK(block.box.middle().y == Approx(0.26f * float(1 - block.channel)));
}

TEST_CASE("the mean of a block is that of its numbers", "[ui]") {
  Cube cube(2, 2, 4);
  for (std::size_t i = 0; i < cube.values.size(); ++i) cube.values[i] = float(i);
  const auto blocks = blocks_of({1, 2, 2}, 2, 2, 4);
  CHECK(mean_of(cube, blocks[0]) == Approx((0 + 1 + 8 + 9) / 4.0));
}

TEST_CASE("dragging turns the cube and pins nothing; a click pins what is under it", "[ui]") {
  OnScreen shown;
  const CubeOptions before = shown.view.state().cube;
  shown.view.drag("cube", {0.4f, 0.5f}, {0.6f, 0.55f});
  CHECK(shown.view.state().cube.turn != before.turn);
  CHECK(shown.view.state().cube.tilt > before.tilt);
  CHECK_FALSE(shown.view.state().selection.pinned.place);
  shown.view.click("cube/front");
  REQUIRE(shown.view.state().selection.pinned.place);
  CHECK(shown.view.state().selection.pinned.place->layer == "mid");
  CHECK_FALSE(shown.view.state().selection.pinned.channel);
}

TEST_CASE("the legend chooses what the cube is cut into", "[ui]") {
  OnScreen shown;
  shown.view.click("cube/atom/channel");
  CHECK(shown.view.state().cube.atom == Atom::channel);
  shown.view.click("cube/front");
  CHECK(shown.view.state().selection.pinned.channel);
  CHECK_FALSE(shown.view.state().selection.pinned.place);
}

}  // namespace tessera::test::cube_test
