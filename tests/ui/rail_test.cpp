#include <algorithm>
#include <array>

#include "support/catch.h"
#include "ui/fake_session.h"
#include "ui/headless.h"
#include "ui/panels/rail_heights.h"

namespace tessera::test::rail_test {

using namespace tessera;

namespace {

// A network with as many layers as the bundled one has, opened in a window of a size.
struct Deep {
  FakeSession session;
  engine::Engine engine;
  Headless view;
  ImVec2 size;

  explicit Deep(ImVec2 of_window = {1440, 900})
      : view((session.serve(engine), engine), chosen("cat_64x48.png", "deep.pt"), of_window),
        size(of_window) {
    REQUIRE(view.frames_until([&] { return view.visible("rail/class/2"); }));
    REQUIRE(view.settle());
  }

  ui::Rect mark(const std::string& name) {
    INFO("looking for " << name);
    const auto found = view.workbench().marks().find(name);
    REQUIRE(found);
    return *found;
  }
  std::vector<std::string> layers() { return view.workbench().marks().names("rail/layer/"); }
  // Those of which nothing lies outside of the lines.
  int whole(const std::string& prefix, float top, float bottom) {
    int found = 0;
    for (const std::string& name : view.workbench().marks().names(prefix)) {
      const ui::Rect where = mark(name);
      found += where.from.y >= top && where.to.y <= bottom ? 1 : 0;
    }
    return found;
  }
  int whole_layers() {
    return whole("rail/layer/", mark("rail/filter").to.y, mark("rail/fold/views").from.y);
  }
  const ui::PanelLayout& panels() const { return view.state().panels; }
};

bool among(const std::vector<std::string>& names, const std::string& name) {
  return std::ranges::find(names, name) != names.end();
}

}  // namespace

TEST_CASE("of a deep network the rail shows ten classes and eight layers, those that are suggested", "[ui]") {
  Deep deep;
  CHECK(deep.whole("rail/class/", 0, deep.mark("rail/fold/layers").from.y) == 10);
  CHECK(deep.whole_layers() >= 8);
  CHECK(among(deep.layers(), "rail/layer/blocks.9"));
  CHECK_FALSE(among(deep.layers(), "rail/layer/blocks.8"));
  CHECK(deep.mark("rail/view/space").to.y < 900);
}

TEST_CASE("in a small window every section of the rail is there, and scrolls", "[ui]") {
  Deep deep({1024, 700});
  for (const char* section : ui::rail_section_names)
    CHECK(deep.mark(std::string("rail/fold/") + section).to.y < 700);
  CHECK(deep.mark("rail/picture").height() > 100);
  CHECK(deep.mark("rail/view/space").to.y < 700);
  CHECK(deep.whole_layers() >= 3);
  const float below = deep.mark("rail/fold/layers").from.y;
  CHECK(deep.whole("rail/class/", 0, below) >= 3);
  CHECK(deep.mark("rail/class/9").to.y > below);
  deep.view.hover("rail/class/0");
  deep.view.wheel(-20, false);
  CHECK(deep.mark("rail/class/9").to.y <= below);
}

TEST_CASE("every layer is listed on demand, in the network's order", "[ui]") {
  Deep deep;
  deep.view.click("rail/all layers");
  CHECK(deep.panels().all_layers);
  deep.view.move_away();
  // The chosen one, the middle of those suggested, is scrolled to.
  REQUIRE(deep.view.state().selection.layer == "blocks.54");
  CHECK(deep.mark("rail/layer/blocks.53").to.y <= deep.mark("rail/layer/blocks.54").from.y);
  CHECK(deep.mark("rail/layer/blocks.54").to.y <= deep.mark("rail/layer/blocks.55").from.y);
  deep.view.click("rail/all layers");
  CHECK_FALSE(among(deep.layers(), "rail/layer/blocks.53"));
}

TEST_CASE("the filter finds every layer, whether it is suggested or not", "[ui]") {
  Deep deep;
  deep.view.click("rail/filter");
  deep.view.type("ks.53");
  CHECK(deep.layers() == std::vector<std::string>{"rail/layer/blocks.53"});
  CHECK_FALSE(deep.view.visible("rail/all layers"));
}

TEST_CASE("the strip chooses a layer with a click, which the list then has", "[ui]") {
  Deep deep;
  CHECK_FALSE(among(deep.layers(), "rail/layer/blocks.55"));
  deep.view.click("rail/strip/blocks.55");
  CHECK(deep.view.state().selection.layer == "blocks.55");
  CHECK(among(deep.layers(), "rail/layer/blocks.55"));
  CHECK(deep.mark("rail/strip/blocks.1").from.x < deep.mark("rail/strip/blocks.90").from.x);
}

TEST_CASE("with Ctrl, strip and list show a layer side by side or leave it out", "[ui]") {
  Deep deep;
  const std::string chosen = deep.view.state().selection.layer;
  const auto is_shown = [&](const std::string& layer) {
    return among(deep.view.state().selection.layers, layer);
  };
  deep.view.click("rail/strip/blocks.20", {0.5f, 0.5f}, true);
  CHECK(is_shown("blocks.20"));
  CHECK(among(deep.layers(), "rail/layer/blocks.20"));
  CHECK(deep.view.state().selection.layer == chosen);
  deep.view.click("rail/layer/blocks.20", {0.5f, 0.5f}, true);
  CHECK_FALSE(is_shown("blocks.20"));
  CHECK(deep.view.state().selection.layer == chosen);
}

TEST_CASE("arrow keys step through what is listed", "[ui]") {
  Deep deep;
  deep.view.press(ui::Key::down);
  CHECK(deep.view.state().selection.layer == "blocks.63");
  deep.view.click("rail/all layers");
  deep.view.move_away();
  deep.view.press(ui::Key::down);
  CHECK(deep.view.state().selection.layer == "blocks.64");
}

TEST_CASE("a section folds at a click on its title, and leaves its room to others", "[ui]") {
  Deep deep({1280, 800});
  const int layers = deep.whole_layers();
  const float picture = deep.mark("rail/picture").height();
  deep.view.click("rail/fold/classes");
  CHECK(deep.panels().is_folded(ui::RailSection::classes));
  CHECK_FALSE(deep.view.visible("rail/class/2"));
  CHECK((deep.whole_layers() > layers || deep.mark("rail/picture").height() > picture));
  deep.view.click("rail/fold/image");
  CHECK_FALSE(deep.view.visible("rail/picture"));
  CHECK_FALSE(deep.view.visible("rail/open image"));
  deep.view.click("rail/fold/layers");
  CHECK_FALSE(deep.view.visible("rail/strip"));
  CHECK(deep.view.visible("rail/check"));
  deep.view.click("rail/fold/views");
  CHECK_FALSE(deep.view.visible("rail/view/space"));
  for (const char* section : ui::rail_section_names) deep.view.click(std::string("rail/fold/") + section);
  CHECK(deep.panels() == ui::PanelLayout{});
  CHECK(deep.whole_layers() == layers);
  CHECK(deep.mark("rail/picture").height() == picture);
}

TEST_CASE("a column's parts get enough each before the first get all", "[ui]") {
  using ui::NeededHeight;
  const std::array parts{NeededHeight{50, 100, 200, true}, NeededHeight{20, 40, 300},
                         NeededHeight::fixed(10)};
  const auto heights = [&](float room) { return ui::shared_heights(parts, room); };
  CHECK(heights(150) == std::vector<float>{100, 40, 10});
  // Too little for all of the first: the second has it.
  CHECK(heights(200) == std::vector<float>{100, 90, 10});
  CHECK(heights(300) == std::vector<float>{200, 90, 10});
  CHECK(heights(1000) == std::vector<float>{200, 300, 10});
  // Halfway between enough and the least.
  CHECK(heights(115) == std::vector<float>{75, 30, 10});
  CHECK(heights(10) == std::vector<float>{50, 20, 10});
}

TEST_CASE("lists get whole rows, and pass on what is left", "[ui]") {
  using ui::NeededHeight;
  const std::array parts{NeededHeight{20, 60, 60, false, 20}, NeededHeight{10, 50, 130, false, 10},
                         NeededHeight::fixed(10)};
  const auto heights = [&](float room) { return ui::shared_heights(parts, room); };
  CHECK(heights(120) == std::vector<float>{60, 50, 10});
  CHECK(heights(138) == std::vector<float>{60, 60, 10});
  // Each could have 15 more: the first has no use for them, the second for 30.
  CHECK(heights(70) == std::vector<float>{20, 40, 10});
}

}  // namespace tessera::test::rail_test
