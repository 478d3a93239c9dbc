// What is hovered is told in one place, and what floats beside the mouse hides nothing that it is about.
#include <algorithm>

#include "support/catch.h"
#include "ui/panels/card_place.h"
#include "ui/shown.h"

namespace tessera::test::hover_card_test {

using namespace tessera;
using ui::Rect;

namespace {

bool overlap(const Rect& a, const Rect& b) {
  return std::min(a.to.x, b.to.x) > std::max(a.from.x, b.from.x) &&
         std::min(a.to.y, b.to.y) > std::max(a.from.y, b.from.y);
}

bool within(const Rect& inner, const Rect& outer) {
  return inner.from.x >= outer.from.x && inner.from.y >= outer.from.y && inner.to.x <= outer.to.x &&
         inner.to.y <= outer.to.y;
}

}  // namespace

TEST_CASE("a card finds a place that covers neither the hovered thing nor its neighbours", "[ui]") {
  const Rect screen{{0, 0}, {1024, 700}};
  const ImVec2 card{236, 330};
  // A tile, a row of a list, a column of a table.
  for (const ImVec2 size : {ImVec2{48, 48}, ImVec2{260, 44}, ImVec2{70, 240}})
    for (float x = 0; x + size.x <= screen.to.x; x += 38)
      for (float y = 0; y + size.y <= screen.to.y; y += 38) {
        const Rect about{{x, y}, {x + size.x, y + size.y}};
        const Rect place = ui::card_place(about, card, screen, 10);
        CAPTURE(size.x, size.y, x, y, place.from.x, place.from.y);
        REQUIRE_FALSE(overlap(place, ui::with_neighbours(about)));
        REQUIRE(within(place, screen));
        REQUIRE(place.width() == Approx(card.x));
      }
}

TEST_CASE("where no place is clear of everything, a card leaves the hovered thing itself free", "[ui]") {
  const Rect screen{{0, 0}, {1024, 700}};
  const Rect row{{0, 300}, {1024, 400}};  // as wide as the screen
  const Rect place = ui::card_place(row, {236, 290}, screen, 10);
  CHECK_FALSE(overlap(place, row));
  CHECK(within(place, screen));
  // And where there is no such place either, it is on the screen at least.
  CHECK(within(ui::card_place({{0, 200}, {1024, 500}}, {236, 290}, screen, 10), screen));
}

TEST_CASE("the inspector tells what is hovered where it is open, a card where it is folded", "[ui]") {
  Shown shown(ui::ViewKind::channels, "channels/mid/10");
  shown.settle();
  shown.view.hover("channels/mid/10");
  CHECK(shown.view.visible("inspector/icon"));
  CHECK_FALSE(shown.view.visible("hover card"));
  shown.view.press(ui::Key::i);
  CHECK_FALSE(shown.view.visible("inspector/icon"));
  CHECK(shown.view.visible("hover card"));
  shown.view.press(ui::Key::i);
  CHECK_FALSE(shown.view.visible("hover card"));
}

TEST_CASE("no card lies over the hovered channel, or over the one above or below", "[ui]") {
  Shown shown(ui::ViewKind::channels, "channels/mid/10");
  shown.settle();
  shown.view.press(ui::Key::i);
  const auto names = shown.view.workbench().marks().names("channels/mid/");
  REQUIRE(names.size() > 2);
  for (const std::string& name : names) {
    shown.view.hover(name);
    shown.view.frames(2);
    const Rect card = shown.mark("hover card");
    const Rect icon = shown.mark(name);
    INFO(name);
    CHECK(within(card, {{0, 0}, {1440, 900}}));
    for (const std::string& other : names) {
      const Rect there = shown.mark(other);
      const bool is_neighbour =
          there.from.x == icon.from.x && std::abs(there.from.y - icon.from.y) < 1.5f * icon.height();
      if (is_neighbour) CHECK_FALSE(overlap(card, there));
    }
  }
}

TEST_CASE("a folded inspector's card tells of a hovered group, beside its row", "[ui]") {
  Shown shown(ui::ViewKind::groups, "groups/0");
  shown.settle();
  shown.view.press(ui::Key::i);
  shown.view.hover("groups/0");
  shown.settle();
  CHECK_FALSE(overlap(shown.mark("hover card"), shown.mark("groups/0")));
  shown.view.move_away();
  CHECK_FALSE(shown.view.visible("hover card"));
}

TEST_CASE("a hovered group is told of while a channel is pinned", "[ui]") {
  Shown shown(ui::ViewKind::groups, "groups/0");
  shown.settle();
  shown.view.workbench().act(ui::action::PinChannel{{"mid", 5}});
  shown.view.hover("groups/1");
  shown.settle();
  CHECK(shown.view.visible("inspector/group icon"));
  CHECK_FALSE(shown.view.visible("inspector/icon"));
  shown.view.move_away();
  CHECK(shown.view.visible("inspector/icon"));
}

TEST_CASE("two views beside each other have a card, whichever half is pointed at", "[ui]") {
  Shown shown(ui::ViewKind::sheet, "sheet/channel/0");
  shown.settle();
  shown.view.press(ui::Key::b);
  REQUIRE(shown.view.state().panels.inspector_open);
  for (const std::string half : {"", "kept/"}) {
    shown.view.hover(half + "sheet/channel/3");
    shown.view.frames(2);
    CHECK_FALSE(overlap(shown.mark(half + "hover card"), shown.mark(half + "sheet/channel/3")));
    shown.view.move_away();
  }
}

}  // namespace tessera::test::hover_card_test
