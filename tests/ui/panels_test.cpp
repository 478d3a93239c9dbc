// The panels beside the stage: dragged, folded, and of no influence on figures.
#include "support/catch.h"
#include "ui/shown.h"
#include "ui/state/update.h"

namespace tessera::test::panels_test {

using namespace tessera;
using ui::PanelLayout;

namespace {

struct Sheet : Shown {
  Sheet() : Shown(ui::ViewKind::sheet, "sheet/channel/0") { settle(); }
  const PanelLayout& panels() const { return view.state().panels; }
  // How much of its panel's width a divider is dragged by, in pixels.
  void drag_by(const std::string& divider, float pixels) {
    view.drag(divider, {0.5f, 0.5f}, {0.5f + pixels / mark(divider).width(), 0.5f});
    view.move_away();
  }
};

}  // namespace

TEST_CASE("the rail is dragged wider and narrower within limits, a double click puts it back", "[ui]") {
  Sheet sheet;
  const float before = sheet.mark("rail/divider").center().x;
  sheet.drag_by("rail/divider", 80);
  CHECK(sheet.panels().rail_width > PanelLayout{}.rail_width + 70);
  CHECK(sheet.mark("rail/divider").center().x > before + 70);
  CHECK(sheet.mark("image").from.x > before + 70);  // the stage gives way
  sheet.drag_by("rail/divider", 1000);
  CHECK(sheet.panels().rail_width == PanelLayout::greatest_width);
  sheet.drag_by("rail/divider", -1000);
  CHECK(sheet.panels().rail_width == PanelLayout::least_width);
  sheet.view.double_click("rail/divider");
  CHECK(sheet.panels().rail_width == PanelLayout{}.rail_width);
  CHECK(sheet.mark("rail/divider").center().x == before);
}

TEST_CASE("the inspector is dragged too, and folds and opens by a click and by a key", "[ui]") {
  Sheet sheet;
  const float before = sheet.mark("inspector/divider").center().x;
  sheet.drag_by("inspector/divider", -60);
  CHECK(sheet.panels().inspector_width > PanelLayout{}.inspector_width + 50);
  CHECK(sheet.mark("inspector/divider").center().x < before - 50);
  sheet.view.double_click("inspector/divider");
  CHECK(sheet.panels() == PanelLayout{});
  sheet.view.click("inspector/fold");
  CHECK_FALSE(sheet.panels().inspector_open);
  CHECK_FALSE(sheet.view.visible("inspector/divider"));
  sheet.view.hover("sheet/channel/7");
  CHECK_FALSE(sheet.view.visible("inspector/icon"));
  sheet.view.click("inspector/unfold");
  CHECK(sheet.panels() == PanelLayout{});
  sheet.view.press(ui::Key::i);
  CHECK_FALSE(sheet.panels().inspector_open);
  sheet.view.press(ui::Key::i);
  CHECK(sheet.panels().inspector_open);
}

TEST_CASE("two views beside each other have the inspector's room, and the key leaves it as it was", "[ui]") {
  Sheet sheet;
  sheet.view.press(ui::Key::b);
  CHECK_FALSE(sheet.view.visible("inspector/divider"));
  sheet.view.press(ui::Key::i);
  CHECK(sheet.panels().inspector_open);
}

TEST_CASE("however the panels are arranged, a figure has one size", "[ui]") {
  Sheet sheet;
  const ImVec2 before = sheet.view.workbench().view_size();
  sheet.drag_by("rail/divider", 120);
  sheet.view.press(ui::Key::i);
  sheet.view.click("rail/fold/image");
  REQUIRE(sheet.panels() != PanelLayout{});
  CHECK(sheet.view.workbench().view_size().x == before.x);
  CHECK(sheet.view.workbench().view_size().y == before.y);
}

TEST_CASE("the panels leave the stage room where the window is narrow", "[ui]") {
  FakeSession session;
  engine::Engine engine;
  session.serve(engine);
  ui::AppState state = chosen();
  state.panels.rail_width = state.panels.inspector_width = PanelLayout::greatest_width;
  Headless view(engine, std::move(state), {1024, 700});
  REQUIRE(view.frames_until([&] { return view.visible("inspector/divider"); }));
  const auto left = view.workbench().marks().find("rail/divider");
  const auto right = view.workbench().marks().find("inspector/divider");
  REQUIRE(left);
  REQUIRE(right);
  CHECK(right->from.x - left->to.x > 300);
}

TEST_CASE("no action makes a panel narrower than its text, or wider than the window bears", "[ui]") {
  ui::AppState state;
  PanelLayout panels;
  panels.rail_width = -5;
  panels.inspector_width = 1e9f;
  ui::update(state, ui::action::SetPanels{panels});
  CHECK(state.panels.rail_width == PanelLayout::least_width);
  CHECK(state.panels.inspector_width == PanelLayout::greatest_width);
}

}  // namespace tessera::test::panels_test
