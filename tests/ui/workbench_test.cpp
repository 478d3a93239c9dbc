#include "support/catch.h"
#include "tessera/session/queries.h"
#include "ui/fake_session.h"
#include "ui/headless.h"

namespace tessera::test::workbench_test {

using namespace tessera;
using test::FakeSession;
using test::Headless;

namespace {

// A fake network and picture, opened and shown.
struct Opened {
  FakeSession session;
  engine::Engine engine;
  Headless view;

  explicit Opened(ui::AppState state = test::chosen(), const std::string& there = "sheet/channel/0")
      : view((session.serve(engine), engine), std::move(state)) {
    REQUIRE(view.frames_until([&] { return view.visible(there); }));
  }
};

}  // namespace

TEST_CASE("the first picture shows classes, layers, the image and the channels of the middle suggested layer",
          "[ui]") {
  Opened opened;
  CHECK(opened.view.state().selection.layer == "mid");
  CHECK(opened.view.visible("rail/class/2"));
  CHECK(opened.view.visible("rail/layer/mid"));
  CHECK(opened.view.visible("rail/picture"));
  CHECK(opened.view.visible("image"));
  CHECK(opened.view.workbench().marks().names("sheet/channel/").size() ==
        std::size_t(FakeSession::mid_channels));
  CHECK(opened.view.workbench().window_title() == "cat_64x48.png — net — Tessera");
}

TEST_CASE("hovering a channel selects it for as long as the mouse is there", "[ui]") {
  Opened opened;
  opened.view.hover("sheet/channel/7");
  CHECK(opened.view.state().selection.hovered_in("mid") == 7);
  CHECK(opened.view.visible("inspector/icon"));
  opened.view.move_away();
  CHECK_FALSE(opened.view.state().selection.channel());
  CHECK_FALSE(opened.view.visible("inspector/icon"));
}

TEST_CASE("a click pins a channel, Escape lets it go", "[ui]") {
  Opened opened;
  opened.view.click("sheet/channel/5");
  opened.view.move_away();
  CHECK(opened.view.state().selection.channel_in("mid") == 5);
  opened.view.press(ui::Key::escape);
  CHECK_FALSE(opened.view.state().selection.channel());
}

TEST_CASE("hovering the image marks the position and lists its strongest channels", "[ui]") {
  Opened opened;
  // Channel 6 of the fake is the only one that fires at row 1, column 2.
  opened.view.hover("image", {2.5f / 4, 1.5f / 4});
  CHECK(opened.view.state().selection.hovered.place == ui::place_of("mid", {1, 2}, 4, 4));
  const auto listed = opened.view.workbench().marks().names("inspector/channel/");
  REQUIRE_FALSE(listed.empty());
  const auto strongest = opened.view.workbench().marks().find("inspector/channel/6");
  REQUIRE(strongest);
  for (const std::string& name : listed)
    CHECK(opened.view.workbench().marks().find(name)->from.y >= strongest->from.y);
}

TEST_CASE("a pinned position's strongest channel can be hovered in the inspector", "[ui]") {
  Opened opened;
  opened.view.click("image", {2.5f / 4, 1.5f / 4});
  opened.view.hover("inspector/channel/6");
  CHECK(opened.view.state().selection.hovered_in("mid") == 6);
  CHECK(opened.view.state().selection.place() == ui::place_of("mid", {1, 2}, 4, 4));
}

TEST_CASE("another layer is a click or an arrow key away", "[ui]") {
  Opened opened;
  opened.view.click("rail/layer/high");
  REQUIRE(opened.view.frames_until([&] { return opened.view.visible("sheet/channel/39"); }));
  CHECK(opened.view.state().selection.layer == "high");
  opened.view.move_away();
  opened.view.press(ui::Key::up);
  CHECK(opened.view.state().selection.layer == "mid");
}

TEST_CASE("changing layer by key while a channel of the old one is hovered is harmless", "[ui]") {
  Opened opened;
  opened.view.click("rail/layer/high");
  REQUIRE(opened.view.frames_until([&] { return opened.view.visible("sheet/channel/39"); }));
  opened.view.hover("sheet/channel/39");
  opened.view.press(ui::Key::up);
  REQUIRE(opened.view.frames_until([&] { return opened.view.visible("sheet/channel/0"); }));
  const auto channel = opened.view.state().selection.channel();
  CHECK((!channel || channel->layer == "high" || channel->channel < FakeSession::mid_channels));
}

TEST_CASE("arrow keys walk the sheet in its own order", "[ui]") {
  Opened opened;
  opened.view.move_away();
  opened.view.press(ui::Key::right);
  CHECK(opened.view.state().selection.pinned_in("mid") ==
        FakeSession::mid_channels - 1);  // the greatest mean
  opened.view.press(ui::Key::right);
  CHECK(opened.view.state().selection.pinned_in("mid") == FakeSession::mid_channels - 2);
  opened.view.press(ui::Key::m);
  CHECK(opened.view.state().sheet.sort == ui::ChannelSort::index);
  opened.view.press(ui::Key::left);
  CHECK(opened.view.state().selection.pinned_in("mid") == FakeSession::mid_channels - 3);
}

TEST_CASE("the sheet's switches do what they say", "[ui]") {
  Opened opened;
  opened.view.click("stage/sort/Index");
  CHECK(opened.view.state().sheet.sort == ui::ChannelSort::index);
  opened.view.click("stage/scale/Own scale");
  CHECK(opened.view.state().sheet.scale == ui::ScaleMode::per_channel);
  opened.view.click("stage/sampling/Smooth");
  CHECK(opened.view.state().sheet.sampling == ui::MapSampling::smooth);
  const float before = opened.view.state().sheet.tile;
  opened.view.hover("sheet/channel/0");
  opened.view.wheel(1, true);
  CHECK(opened.view.state().sheet.tile > before);
}

TEST_CASE("typing into the filter shortens the list and triggers no shortcut", "[ui]") {
  Opened opened;
  opened.view.click("rail/filter");
  opened.view.type("hi");
  CHECK(opened.view.state().layer_filter == "hi");
  CHECK(opened.view.visible("rail/layer/high"));
  CHECK_FALSE(opened.view.visible("rail/layer/mid"));
  opened.view.press(ui::Key::h);
  CHECK(opened.view.state().overlay == ui::Overlay::none);
}

TEST_CASE("h shows the shortcuts, Escape and a click beside them close the list", "[ui]") {
  Opened opened;
  opened.view.press(ui::Key::h);
  CHECK(opened.view.visible("overlay/shortcuts"));
  opened.view.press(ui::Key::escape);
  CHECK_FALSE(opened.view.visible("overlay/shortcuts"));
  opened.view.press(ui::Key::h);
  opened.view.click("rail/picture");
  CHECK(opened.view.state().overlay == ui::Overlay::none);
}

TEST_CASE("a recent image is opened again with a click", "[ui]") {
  Opened opened;
  const std::filesystem::path dropped[] = {"/fake/dog_64x48.png"};
  opened.view.workbench().drop(dropped);
  const auto shows = [&](const char* name) {
    return opened.view.state().image->file.path.filename() == name;
  };
  REQUIRE(opened.view.frames_until([&] { return shows("dog_64x48.png"); }));
  opened.view.click("rail/recent files");
  opened.view.click("recent//fake/cat_64x48.png");
  CHECK(opened.view.frames_until([&] { return shows("cat_64x48.png"); }));
  CHECK(opened.view.state().overlay == ui::Overlay::none);
}

TEST_CASE("the theme is one click away", "[ui]") {
  Opened opened;
  opened.view.click("rail/theme/Dark");
  CHECK(opened.view.state().theme == ui::ThemeChoice::dark);
}

TEST_CASE("a broken file becomes a message, and what was there stays", "[ui]") {
  Opened opened;
  const std::filesystem::path dropped[] = {"/fake/broken.png"};
  opened.view.workbench().drop(dropped);
  REQUIRE(opened.view.frames_until([&] { return !opened.view.state().messages.empty(); }));
  CHECK(opened.view.state().messages[0].text == "broken.png: the picture is broken. Choose another");
  CHECK(opened.view.state().image->file.path.filename() == "cat_64x48.png");
  CHECK(opened.view.visible("sheet/channel/0"));
  opened.view.click("message/" + std::to_string(opened.view.state().messages[0].id) + "/dismiss");
  CHECK(opened.view.state().messages.empty());
}

TEST_CASE("a broken model becomes a message, and a file that is neither says so at once", "[ui]") {
  Opened opened;
  const std::filesystem::path dropped[] = {"/fake/broken.pt", "/fake/notes.txt"};
  opened.view.workbench().drop(dropped);
  REQUIRE(opened.view.frames_until([&] { return opened.view.state().messages.size() == 2; }));
  CHECK(opened.view.state().model->file.path.filename() == "net.pt");
}

TEST_CASE("another image is shown when it has opened, and the old one until then", "[ui]") {
  Opened opened;
  opened.session.hold();
  const std::filesystem::path dropped[] = {"/fake/dog_64x48.png"};
  opened.view.workbench().drop(dropped);
  opened.view.frames(5);
  CHECK(opened.view.state().image->file.path.filename() == "cat_64x48.png");
  CHECK(opened.view.visible("sheet/channel/0"));
  opened.session.release();
  REQUIRE(opened.view.frames_until(
      [&] { return opened.view.state().image->file.path.filename() == "dog_64x48.png"; }));
}

TEST_CASE("a layer whose activations are on their way leaves everything else usable", "[ui]") {
  Opened opened;
  opened.session.hold();
  opened.view.click("rail/layer/low");
  opened.view.frames(3);
  CHECK_FALSE(opened.view.visible("sheet/channel/0"));
  CHECK(opened.view.visible("image"));
  opened.view.click("rail/layer/mid");  // remembered: no work, no wait
  CHECK(opened.view.visible("sheet/channel/0"));
  opened.session.release();
}

TEST_CASE("a model without metadata asks how it wants its images", "[ui]") {
  Opened opened(test::chosen("cat_64x48.png", "unsure.pt"));
  CHECK(opened.view.visible("overlay/preprocessing"));
  opened.view.click("preprocessing/minus_one_one");
  opened.view.click("preprocessing/apply");
  REQUIRE(opened.view.frames_until([&] {
    return opened.view.state().model && opened.view.state().model->preprocessing &&
           !opened.view.state().pending_model;
  }));
  CHECK(opened.view.state().model->preprocessing->mean[0] == test::Approx(0.5));
  CHECK(opened.view.state().overlay == ui::Overlay::none);
}

TEST_CASE("a window too small for everything still draws", "[ui]") {
  FakeSession session;
  engine::Engine engine;
  session.serve(engine);
  Headless view(engine, test::chosen(), {320, 200});
  CHECK(view.frames_until([&] { return view.state().model && view.workbench().settled(); }));
}

TEST_CASE("long work says so and can be stopped; what is missing comes when it is let go on", "[ui]") {
  Opened opened;
  opened.session.hold();
  opened.view.press(ui::Key::five);  // channel attribution: nothing of it is there yet
  opened.view.frames(30);            // half a second
  REQUIRE(opened.view.visible("work/stop"));
  opened.view.click("work/stop");
  CHECK(opened.view.state().work_held);
  opened.session.release();
  opened.view.frames(30);
  CHECK(opened.engine.activity().running == 0);
  CHECK(opened.engine.activity().queued > 0);
  REQUIRE(opened.view.visible("work/stop"));
  opened.view.press(ui::Key::x);
  CHECK_FALSE(opened.view.state().work_held);
  CHECK(opened.view.settle());
  CHECK_FALSE(opened.view.visible("work/stop"));
}

TEST_CASE("whoever chooses another view wants it computed", "[ui]") {
  Opened opened;
  opened.view.press(ui::Key::x);
  CHECK(opened.view.state().work_held);
  opened.view.press(ui::Key::two);
  CHECK_FALSE(opened.view.state().work_held);
}

}  // namespace tessera::test::workbench_test
