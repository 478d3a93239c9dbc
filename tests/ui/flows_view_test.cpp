// Flows between the groups of several layers.
#include "support/catch.h"
#include "tessera/session/queries.h"
#include "ui/shown.h"
#include "ui/state/figure_settings.h"

namespace tessera::test::flows_view_test {

using namespace tessera;
using ui::ViewKind;

namespace {

struct Shown : test::Shown {
  Shown() : test::Shown(ViewKind::flows, "flows/ribbon/0/0/0") { settle(); }

  void wait_until_asked(const std::string& question) {
    INFO("waiting for the question " << question);
    REQUIRE(view.frames_until([&] { return session.groups().has_asked(question); }));
  }
};

}  // namespace

TEST_CASE("layers are columns from left to right, classes the last", "[ui]") {
  Shown shown;
  const float low = shown.mark("flows/low/0").from.x, mid = shown.mark("flows/mid/5").from.x,
              high = shown.mark("flows/high/0").from.x, classes = shown.mark("flows/class/2").from.x;
  CHECK(low < mid);
  CHECK(mid < high);
  CHECK(high < classes);
  CHECK_FALSE(shown.view.visible("flows/mid/6"));
  // What is no group stands at the foot.
  for (int group = 0; group < 6; ++group)
    CHECK(shown.mark("flows/mid/" + std::to_string(group)).to.y <= shown.mark("flows/mid/residual").from.y);
  CHECK(shown.mark("flows/mid/residual").to.y <= shown.mark("flows/mid/bias").from.y);
  for (const char* question : {"flows path low mid", "flows path mid high", "flows linear low mid"})
    CHECK(shown.session.groups().has_asked(question));
  CHECK(shown.view.visible("flows/ribbon/1/7/0"));        // the bias of the last layer
  CHECK(shown.view.visible("flows/ribbon/2/0/0"));        // on to the class …
  CHECK_FALSE(shown.view.visible("flows/ribbon/2/0/1"));  // … that is in question alone
}

TEST_CASE("a hovered group of any column is hovered everywhere, a click pins it", "[ui]") {
  Shown shown;
  shown.view.hover("flows/low/2");
  CHECK(shown.view.state().selection.hovered.group == ui::GroupRef{"low", 2});
  CHECK(shown.view.visible("inspector/group icon"));
  shown.view.click("flows/mid/1");
  CHECK(shown.view.state().selection.pinned.group == ui::GroupRef{"mid", 1});
  shown.view.move_away();
  shown.settle();
  CHECK(shown.view.visible("flows/ribbon/0/0/0"));
  shown.view.press(ui::Key::seven);
  shown.wait_for("groups/1");
  CHECK(shown.view.visible("inspector/group icon"));
  shown.view.press(ui::Key::escape);
  CHECK_FALSE(shown.view.state().selection.pinned.group);
}

TEST_CASE("a clicked class is what flows are towards", "[ui]") {
  Shown shown;
  shown.view.click("flows/class/0");
  CHECK(shown.view.state().selection.objective == ui::ObjectiveChoice{0, std::nullopt});
  shown.settle();
  // The class in question stands first.
  CHECK(shown.mark("flows/class/0").from.y < shown.mark("flows/class/2").from.y);
  shown.view.click("flows/class/2", {0.5f, 0.5f}, true);
  CHECK(shown.view.state().selection.objective == ui::ObjectiveChoice{0, 2});
  shown.settle();
  CHECK_FALSE(shown.view.visible("flows/class/2"));  // one node stands for the difference
}

TEST_CASE("groups can be made for each other, and the gain is measured", "[ui]") {
  Shown shown;
  CHECK_FALSE(shown.session.groups().has_asked("chain low mid high"));
  shown.view.click("flows/groups/Compatible");
  CHECK(shown.view.state().flows.compatible);
  shown.wait_until_asked("chain low mid high");
  shown.settle();
  CHECK(shown.view.visible("flows/mid/0"));
  shown.view.click("flows/groups/Each layer’s own");
  CHECK_FALSE(shown.view.state().flows.compatible);
}

TEST_CASE("class-free flows go on to every class", "[ui]") {
  Shown shown;
  shown.view.click("flows/towards/Class-free");
  shown.wait_until_asked("free flows path low mid");
  shown.settle();
  CHECK(shown.view.visible("flows/ribbon/2/0/0"));
  CHECK(shown.view.visible("flows/ribbon/2/0/1"));
  CHECK_FALSE(shown.view.visible("flows/mid/bias"));
}

TEST_CASE("layers come and go, one is enough", "[ui]") {
  Shown shown;
  shown.view.click("rail/shown/low");
  shown.settle();
  CHECK_FALSE(shown.view.visible("flows/low/0"));
  shown.view.click("rail/shown/mid");
  shown.settle();
  CHECK_FALSE(shown.view.visible("flows/mid/0"));
  CHECK(shown.view.visible("flows/high/0"));
  CHECK(shown.view.visible("flows/class/2"));
}

TEST_CASE("flows are within reach of the keyboard", "[ui]") {
  Shown shown;
  shown.view.press(ui::Key::k);
  CHECK(shown.view.state().groups.k == 7);
  shown.view.press(ui::Key::c);
  CHECK(shown.view.state().flows.compatible);
  shown.view.press(ui::Key::s);
  CHECK(shown.view.state().flows.height == ui::FlowHeight::contribution);
  shown.view.press(ui::Key::right);
  CHECK(shown.view.state().selection.pinned.group == ui::GroupRef{"mid", 0});
}

TEST_CASE("a figure of flows is set as the command line says, and told so again", "[ui]") {
  Shown shown;
  const auto card = shown.engine.wait(session::OpenModel{*shown.view.state().model});
  ui::AppState state = shown.view.state();
  const figure::Settings settings{{"layer", std::string("mid")}};
  CHECK_THROWS(ui::apply_settings(state, "flows", settings, *card));
  const figure::Settings fitting{{"layers", std::vector<std::string>{"low", "high"}},
                                 {"k", std::int64_t(4)},
                                 {"compatible", true},
                                 {"towards", std::string("groups")},
                                 {"height", std::string("contribution")},
                                 {"group", std::string("high:3")}};
  ui::apply_settings(state, "flows", fitting, *card);
  CHECK(state.flows == ui::FlowOptions{true, false, ui::FlowHeight::contribution});
  CHECK(ui::settings_of(state, "flows", *card) == fitting);
}

}  // namespace tessera::test::flows_view_test
