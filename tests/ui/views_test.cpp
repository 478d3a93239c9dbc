#include <algorithm>

#include "support/catch.h"
#include "ui/shown.h"

namespace tessera::test::views_test {

using namespace tessera;
using test::FakeSession;
using test::Headless;
using ui::ViewKind;

namespace {

struct Shown : test::Shown {
  using test::Shown::Shown;

  void wait_until_asked(const std::string& question) {
    INFO("waiting for the question " << question);
    REQUIRE(view.frames_until([&] { return session.attributions().has_asked(question); }));
  }
  bool above(const std::string& upper, const std::string& lower) {
    return mark(upper).from.y < mark(lower).from.y;
  }
};

}  // namespace

TEST_CASE("number keys and the rail choose views, and Ctrl+Z goes back", "[ui]") {
  Shown shown(ViewKind::sheet, "sheet/channel/0");
  const std::pair<ui::Key, ViewKind> keys[] = {
      {ui::Key::one, ViewKind::overview},  {ui::Key::two, ViewKind::dictionary},
      {ui::Key::three, ViewKind::grids},   {ui::Key::four, ViewKind::spatial},
      {ui::Key::five, ViewKind::channels}, {ui::Key::six, ViewKind::comparison},
      {ui::Key::seven, ViewKind::groups},  {ui::Key::eight, ViewKind::flows},
      {ui::Key::nine, ViewKind::cube},     {ui::Key::zero, ViewKind::sheet}};
  for (const auto& [key, kind] : keys) {
    shown.view.press(key);
    CHECK(shown.view.state().selection.view == kind);
  }
  shown.view.click("rail/view/grids");
  CHECK(shown.view.state().selection.view == ViewKind::grids);
  shown.view.press(ui::Key::z, true);
  CHECK(shown.view.state().selection.view == ViewKind::sheet);
  shown.view.press(ui::Key::z, true, true);
  CHECK(shown.view.state().selection.view == ViewKind::grids);
}

TEST_CASE("a class is explained with a click and compared with Ctrl and a click", "[ui]") {
  Shown shown(ViewKind::overview, "overview/class/2");
  shown.view.click("rail/class/0");
  CHECK(shown.view.state().selection.objective == ui::ObjectiveChoice{0, std::nullopt});
  shown.view.click("overview/class/1", {0.5f, 0.5f}, true);
  CHECK(shown.view.state().selection.objective == ui::ObjectiveChoice{0, 1});
  shown.view.move_away();
  shown.view.press(ui::Key::left_bracket);  // likelier
  CHECK(shown.view.state().selection.objective->plus == 2);
}

TEST_CASE("the overview shows the channels that fire most as icons", "[ui]") {
  Shown shown(ViewKind::overview, "overview/mid/11");
  shown.settle();
  CHECK(shown.view.frames_until([&] { return shown.session.attributions().has_asked("icon mid 11"); }));
  shown.view.hover("overview/mid/11");
  CHECK(shown.view.state().selection.hovered_in("mid") == 11);
  CHECK(shown.view.visible("inspector/icon"));
}

TEST_CASE("channels are ranked by what they contribute, those that oppose at the end", "[ui]") {
  Shown shown(ViewKind::channels, "channels/mid/10");
  shown.settle();
  CHECK(shown.above("channels/mid/10", "channels/mid/8"));
  CHECK(shown.above("channels/mid/8", "channels/mid/11"));
  CHECK(shown.session.attributions().has_asked("attribute path mid"));
  CHECK(shown.session.attributions().has_asked("attribute linear mid"));  // shown until the path was there
}

TEST_CASE("a hovered channel shows which classes it supports and opposes", "[ui]") {
  Shown shown(ViewKind::channels, "channels/mid/11");
  shown.settle();
  CHECK(shown.above("rail/class/2", "rail/class/0"));  // by probability
  shown.view.hover("channels/mid/11");
  shown.settle();
  CHECK(shown.session.attributions().has_asked("all classes path mid channels"));
  // An odd channel takes from every class, from class 2 the most.
  CHECK(shown.above("rail/class/0", "rail/class/1"));
  CHECK(shown.above("rail/class/1", "rail/class/2"));
  shown.view.move_away();
  CHECK(shown.above("rail/class/2", "rail/class/0"));
}

TEST_CASE("a clicked channel takes the objective's place: what feeds it below, what it feeds above", "[ui]") {
  Shown shown(ViewKind::channels, "channels/mid/10");
  shown.settle();
  shown.view.click("channels/mid/10");
  CHECK(shown.view.state().selection.pinned_in("mid") == 10);
  shown.view.move_away();
  shown.wait_for("channels/high/39");
  shown.settle();
  CHECK(shown.session.attributions().has_asked("pairs mid high"));
  CHECK(shown.above("channels/low/1", "channels/low/5"));      // fed ten times as much
  CHECK(shown.above("channels/high/39", "channels/high/38"));  // feeds the last the most
  CHECK(shown.view.visible("channels/mid/10"));
  shown.view.press(ui::Key::escape);
  shown.settle();
  CHECK(shown.above("channels/high/38", "channels/high/39"));  // odd channels oppose the class
}

TEST_CASE("picked channels are counted together on the picture, until they are picked again or unpinned",
          "[ui]") {
  Shown shown(ViewKind::channels, "channels/mid/10");
  shown.settle();
  shown.view.click("channels/mid/10", {0.5f, 0.5f}, true);
  shown.view.click("channels/mid/8", {0.5f, 0.5f}, true);
  const ui::PickedChannels both{"mid", {8, 10}};
  CHECK(shown.view.state().selection.pinned.picked == both);
  CHECK_FALSE(shown.view.state().selection.pinned.channel);  // the ranking stays that of the class
  shown.view.move_away();
  shown.settle();
  CHECK(shown.view.visible("channels/mid/10"));
  shown.view.click("channels/mid/10", {0.5f, 0.5f}, true);
  CHECK(shown.view.state().selection.pinned.picked == ui::PickedChannels{"mid", {8}});
  shown.view.press(ui::Key::z, true);
  CHECK(shown.view.state().selection.pinned.picked == both);
  shown.view.click("channels/low/4", {0.5f, 0.5f}, true);  // another layer's begin anew
  CHECK(shown.view.state().selection.pinned.picked == ui::PickedChannels{"low", {4}});
  shown.view.press(ui::Key::escape);
  CHECK(shown.view.state().selection.pinned.picked == ui::PickedChannels{});
}

TEST_CASE("only what happens at the marked position counts", "[ui]") {
  Shown shown(ViewKind::channels, "channels/mid/10");
  shown.settle();
  // Channel 6 alone fires at row 1, column 2 of the middle layer.
  shown.view.hover("rail/picture", {2.5f / 4, 1.5f / 4});
  CHECK(shown.above("channels/mid/6", "channels/mid/0"));
  shown.view.move_away();
  CHECK(shown.above("channels/mid/10", "channels/mid/8"));
}

TEST_CASE("what is pinned in one view is marked in the others", "[ui]") {
  Shown shown(ViewKind::channels, "channels/mid/10");
  shown.settle();
  shown.view.click("channels/mid/10");
  shown.view.press(ui::Key::zero);
  shown.wait_for("sheet/channel/10");
  CHECK(shown.view.state().selection.pinned_in("mid") == 10);
  CHECK(shown.view.visible("inspector/icon"));
  shown.view.click("image", {2.5f / 4, 1.5f / 4});
  shown.view.press(ui::Key::two);
  shown.wait_for("dictionary/channel/6");
}

TEST_CASE("layers are shown side by side by the dot before their name", "[ui]") {
  Shown shown(ViewKind::channels, "channels/low/4");
  shown.view.click("rail/shown/low");
  CHECK(shown.view.state().selection.layers == std::vector<std::string>{"mid", "high"});
  shown.settle();
  CHECK_FALSE(shown.view.visible("channels/low/4"));
  shown.view.click("rail/shown/low");
  shown.wait_for("channels/low/4");
}

TEST_CASE("the method is a click away, and everything is asked again with it", "[ui]") {
  Shown shown(ViewKind::channels, "channels/high/38");
  shown.view.click("method/Linear");
  CHECK(shown.view.state().attribution.method == ui::AttributionMethod::linear);
  shown.wait_until_asked("attribute linear high");
  CHECK_FALSE(shown.view.visible("pooling/Lucid"));  // the fake has no max pools
}

TEST_CASE("the trust badge opens its detail", "[ui]") {
  Shown shown(ViewKind::channels, "trust");
  shown.view.click("trust");
  shown.wait_until_asked("trust high");
  CHECK(shown.view.visible("overlay/trust"));
  shown.view.press(ui::Key::escape);
  CHECK_FALSE(shown.view.visible("overlay/trust"));
}

TEST_CASE("the dictionary sorts the channels at a position and asks for the vector's own icon", "[ui]") {
  Shown shown(ViewKind::dictionary, "dictionary/channel/11");  // where the layer is most active
  shown.view.click("image", {2.5f / 4, 1.5f / 4});
  shown.wait_for("dictionary/channel/6");
  const ui::Rect first = shown.mark("dictionary/channel/6");
  for (const std::string& name : shown.view.workbench().marks().names("dictionary/channel/"))
    CHECK((shown.mark(name).from.y > first.from.y || shown.mark(name).from.x >= first.from.x));
  shown.wait_until_asked("icon mid direction");
  shown.view.press(ui::Key::right, false, true);
  CHECK(shown.view.state().selection.pinned.place == ui::place_of("mid", {1, 3}, 4, 4));
}

TEST_CASE("the dictionary breaks the vector into components or groups as well", "[ui]") {
  Shown shown(ViewKind::dictionary, "dictionary/channel/11");
  shown.view.click("dictionary/basis/Groups");
  CHECK(shown.view.state().basis == ui::Basis::groups);
  shown.wait_for("dictionary/atom/0");
  CHECK_FALSE(shown.view.visible("dictionary/channel/11"));
  shown.view.click("dictionary/basis/Components");
  CHECK(shown.view.state().basis == ui::Basis::components);
  shown.wait_for("dictionary/atom/5");  // five and the mean
  // Every atom asks for the icon of its direction.
  shown.wait_until_asked("icon mid direction");
}

TEST_CASE("grids show a layer's principal components as colours, with their icons", "[ui]") {
  Shown shown(ViewKind::grids, "grid/mid");
  shown.view.click("grids/content/Components");
  CHECK(shown.view.state().grids.content == ui::CellContent::components);
  shown.wait_for("grids/component/mid/0");
  shown.wait_for("grids/component/mid/3");  // three and the mean
  shown.wait_until_asked("icon mid direction");
}

TEST_CASE("a hovered icon is enlarged beside the mouse where no inspector does so", "[ui]") {
  Shown shown(ViewKind::channels, "channels/mid/10");
  shown.settle();
  shown.view.press(ui::Key::i);
  shown.view.hover("channels/mid/10");
  CHECK(shown.mark("hover card").width() > shown.mark("channels/mid/10").width());
  shown.view.move_away();
  CHECK_FALSE(shown.view.visible("hover card"));
}

TEST_CASE("two classes are compared by the channels' net evidence", "[ui]") {
  Shown shown(ViewKind::comparison, "comparison/10");
  shown.settle();
  CHECK(shown.mark("comparison/10").from.x < shown.mark("comparison/8").from.x);
  CHECK(shown.mark("comparison/8").from.x < shown.mark("comparison/11").from.x);
  CHECK(shown.mark("comparison/9").from.x < shown.mark("comparison/11").from.x);
  shown.view.hover("comparison/11");
  CHECK(shown.view.state().selection.hovered_in("mid") == 11);
}

TEST_CASE("spatial attribution asks for all classes, and a hovered cell for the other layers", "[ui]") {
  Shown shown(ViewKind::spatial, "grid/mid");
  shown.settle();
  for (const char* layer : {"low", "mid", "high"})
    CHECK(shown.session.attributions().has_asked(std::string("all classes path ") + layer + " positions"));
  CHECK_FALSE(shown.view.workbench().marks().names("spatial/factor/").empty());
  shown.view.hover("grid/mid", {2.5f / 4, 1.5f / 4});
  CHECK(shown.view.state().selection.hovered.place == ui::place_of("mid", {1, 2}, 4, 4));
  shown.settle();
  CHECK(shown.session.attributions().has_asked("pairs mid low"));
  CHECK(shown.session.attributions().has_asked("pairs high mid"));
}

TEST_CASE("grids select positions in their own layer", "[ui]") {
  Shown shown(ViewKind::grids, "grid/low");
  shown.view.click("grid/low", {4.5f / 8, 0.5f / 8});
  CHECK(shown.view.state().selection.pinned.place == ui::place_of("low", {0, 4}, 8, 8));
  shown.view.click("grids/size/Area by magnitude");
  CHECK(shown.view.state().grids.size == ui::CellSize::area);
}

TEST_CASE("grids show the icons of their cells, pooled as they were made", "[ui]") {
  Shown shown(ViewKind::grids, "grid/mid");
  shown.wait_until_asked("grid low");
  shown.wait_until_asked("grid high");
  shown.settle();
}

TEST_CASE("one key shows what the network does without a channel, beside what is predicted", "[ui]") {
  Shown shown(ViewKind::channels, "channels/mid/10");
  shown.settle();
  shown.view.hover("channels/mid/10");
  CHECK_FALSE(shown.view.visible("change/2"));
  shown.view.press(ui::Key::a);
  shown.wait_for("change/2");
  shown.wait_until_asked("ablate mid");
  shown.view.press(ui::Key::a);
  CHECK_FALSE(shown.view.visible("change/2"));
}

TEST_CASE("a pinned channel is portrayed: negative and diverse icons, strongest places, inputs", "[ui]") {
  Shown shown(ViewKind::sheet, "sheet/channel/7");
  shown.view.click("sheet/channel/7");
  shown.view.move_away();
  shown.wait_for("inspector/input/4");
  CHECK(shown.view.visible("inspector/negative"));
  CHECK(shown.view.visible("inspector/diverse/3"));
  shown.wait_until_asked("icon mid 7 negative");
  shown.wait_until_asked("inputs mid 7");
  shown.view.hover("inspector/place/0");  // channel 7 fires at row 1, column 3 alone
  CHECK(shown.view.state().selection.hovered.place == ui::place_of("mid", {1, 3}, 4, 4));
  shown.view.hover("inspector/icon");
  shown.view.wheel(-40, false);  // what is further down
  shown.view.hover("inspector/input/4");
  CHECK(shown.view.state().selection.hovered_in("low") == 4);
}

TEST_CASE("the wheel zooms about the mouse, and a drag counts a rectangle of positions", "[ui]") {
  Shown shown(ViewKind::channels, "channels/mid/10");
  shown.settle();
  shown.view.drag("rail/picture", {0.02f, 0.02f}, {0.98f, 0.48f});
  REQUIRE(shown.view.state().selection.pinned.region);
  shown.view.move_away();
  // Of the middle layer's four rows the upper two count: channels 0 to 7.
  CHECK(shown.above("channels/mid/6", "channels/mid/4"));
  CHECK_FALSE(shown.view.visible("channels/mid/10"));
  shown.view.press(ui::Key::escape);
  CHECK_FALSE(shown.view.state().selection.pinned.region);

  shown.view.hover("rail/picture", {0.3f, 0.55f});
  const ui::Place before = *shown.view.state().selection.hovered.place;
  shown.view.wheel(2, false);
  CHECK(shown.view.state().zoom.factor > 1.5f);
  CHECK(shown.view.state().selection.hovered.place == before);
  shown.view.wheel(-9, false);
  CHECK(shown.view.state().zoom == ui::Zoom{});
}

TEST_CASE("every view draws at any size, with nothing there yet and with everything there", "[ui]") {
  for (const ImVec2 size : {ImVec2{320, 200}, ImVec2{900, 500}, ImVec2{2880, 1800}})
    for (int kind = 0; kind <= int(ViewKind::cube); ++kind) {
      FakeSession session;
      engine::Engine engine;
      session.serve(engine);
      Headless view(engine, test::chosen("cat_64x48.png", "net.pt", ViewKind(kind)), size);
      view.frames(2);
      CHECK(view.frames_until([&] { return view.state().model && view.workbench().settled(); }));
    }
}

}  // namespace tessera::test::views_test
