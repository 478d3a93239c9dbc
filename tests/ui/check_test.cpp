// The check of a network in the window: the line in the rail, the table behind it, the warnings over views.
#include "support/catch.h"
#include "ui/fake_session.h"
#include "ui/headless.h"

namespace tessera::test::check_ui_test {
namespace {

using namespace tessera;
using check::Kind;
using ui::ViewKind;

// The fake network, opened in a view, with what its check says.
struct Checked {
  FakeSession session;
  engine::Engine engine;
  Headless view;

  explicit Checked(std::optional<check::Report> report, ViewKind kind = ViewKind::sheet)
      : view((session.set_check(std::move(report)), session.serve(engine), engine),
             chosen("cat_64x48.png", "net.pt", kind)) {}

  void wait_for(const std::string& mark) {
    INFO("waiting for " << mark);
    REQUIRE(view.frames_until([&] { return view.visible(mark); }));
  }
};

}  // namespace

TEST_CASE("a model that was opened is checked, and a click opens the table", "[ui]") {
  Checked opened(sound_check());
  opened.wait_for("rail/check/7 of 7");
  CHECK_FALSE(opened.view.visible("overlay/check"));
  opened.view.click("rail/check");
  CHECK(opened.view.visible("overlay/check"));
  CHECK(opened.view.visible("check/row/repeat/passed"));
  CHECK(opened.view.visible("check/row/place/passed"));
  CHECK(opened.view.visible("check/row/output/note"));
  opened.view.press(ui::Key::escape);
  CHECK_FALSE(opened.view.visible("overlay/check"));
}

TEST_CASE("a check that goes on delays nothing that is shown", "[ui]") {
  Checked opened(std::nullopt);
  opened.wait_for("rail/unchecked");
  opened.wait_for("sheet/channel/0");
  opened.view.press(ui::Key::five);
  CHECK_FALSE(opened.view.visible("rail/check"));
  opened.session.set_check(sound_check());
  opened.wait_for("rail/check/7 of 7");
}

TEST_CASE("a check from an earlier run is not made again", "[ui]") {
  FakeSession session;
  session.set_check(std::nullopt);
  session.keep_check(failed_check(Kind::place, "mid"));
  engine::Engine engine;
  session.serve(engine);
  Headless view(engine, chosen());
  REQUIRE(view.frames_until([&] { return view.visible("rail/check/6 of 7"); }));
  CHECK(view.settle());
}

TEST_CASE("in the table, a row of several layers opens into them, and one that failed is open", "[ui]") {
  Checked opened(failed_check(Kind::place, "mid"));
  opened.wait_for("rail/check/6 of 7");
  opened.view.click("rail/check");
  CHECK(opened.view.visible("check/row/place/failed"));
  CHECK(opened.view.visible("check/row/place/passed"));
  CHECK_FALSE(opened.view.visible("check/line/directions/low"));
  opened.view.click("check/row/directions/passed/layers");
  CHECK(opened.view.visible("check/line/directions/low"));
  CHECK(opened.view.visible("check/line/directions/high"));
  opened.view.click("check/row/directions/passed/layers");
  CHECK_FALSE(opened.view.visible("check/line/directions/low"));

  check::Report all = failed_check(Kind::place, "mid");
  for (check::Line& line : all.lines)
    if (line.kind == Kind::place) line.outcome = check::Outcome::failed;
  Checked worse(all);
  worse.wait_for("rail/check/6 of 7");
  worse.view.click("rail/check");
  CHECK(worse.view.visible("check/line/place/low"));
}

TEST_CASE("a layer that looks elsewhere warns where it is drawn on the picture, and not where it is not",
          "[ui]") {
  Checked opened(failed_check(Kind::place, "mid"), ViewKind::spatial);
  opened.wait_for("check/warning");
  opened.view.press(ui::Key::five);  // channel attribution
  CHECK(opened.view.state().selection.view == ViewKind::channels);
  CHECK_FALSE(opened.view.visible("check/warning"));
  opened.view.press(ui::Key::zero);  // the channels of "mid"
  CHECK(opened.view.visible("check/warning"));
  opened.view.press(ui::Key::down);
  CHECK(opened.view.state().selection.layer == "high");
  CHECK_FALSE(opened.view.visible("check/warning"));
}

TEST_CASE("wrong derivatives warn where contributions are shown, with a way to the table", "[ui]") {
  Checked opened(failed_check(Kind::differences, "high"), ViewKind::channels);
  opened.wait_for("check/warning");
  opened.view.press(ui::Key::three);  // activation grids
  CHECK_FALSE(opened.view.visible("check/warning"));
  opened.view.press(ui::Key::five);
  opened.view.click("check/details");
  CHECK(opened.view.visible("overlay/check"));
}

TEST_CASE("a network whose check passed warns nowhere", "[ui]") {
  Checked opened(sound_check());
  opened.wait_for("rail/check/7 of 7");
  for (const ui::Key key : {ui::Key::one, ui::Key::two, ui::Key::four, ui::Key::five, ui::Key::six}) {
    opened.view.press(key);
    CHECK_FALSE(opened.view.visible("check/warning"));
  }
}

TEST_CASE("each of two views beside each other has its own warning", "[ui]") {
  Checked opened(failed_check(Kind::place, "mid"));
  opened.wait_for("check/warning");
  opened.view.press(ui::Key::b);
  opened.view.press(ui::Key::five);
  CHECK(opened.view.visible("kept/check/warning"));
  CHECK_FALSE(opened.view.visible("check/warning"));
}

}  // namespace tessera::test::check_ui_test
