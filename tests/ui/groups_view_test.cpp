// Groups of neurons: the view, and what of them is seen elsewhere.
#include <algorithm>
#include <map>

#include "support/catch.h"
#include "ui/groups.h"
#include "ui/shown.h"
#include "ui/state/figure_settings.h"
#include "ui/state/update.h"
#include "ui/widgets/blend_triangle.h"

namespace tessera::test::groups_view_test {

using namespace tessera;
using ui::ViewKind;

namespace {

// The view of groups of the fake's middle layer, whose channels fire at a place of their own each: its groups
// are single channels, the strongest first.
struct Shown : test::Shown {
  Shown() : test::Shown(ViewKind::groups, "groups/0") { settle(); }

  const session::LayerGroups& groups() {
    const auto& shown = view.state().group_memory.shown;
    REQUIRE(shown.contains("mid"));
    return *shown.at("mid");
  }
  // The group that is channel `channel`.
  int group_of(int channel) {
    const auto& all = groups().top_channels;
    for (std::size_t i = 0; i < all.size(); ++i)
      if (!all[i].empty() && all[i].front().channel == channel) return int(i);
    FAIL("no group is channel " << channel);
    return -1;
  }
  std::string row(int channel) { return "groups/" + std::to_string(group_of(channel)); }
  float top(const std::string& name) { return mark(name).from.y; }
  std::map<int, factorization::Hue> hues() {
    std::map<int, factorization::Hue> made;
    for (int i = 0; i < groups().groups(); ++i)
      if (!groups().top_channels[std::size_t(i)].empty())
        made[groups().top_channels[std::size_t(i)].front().channel] = groups().hues[std::size_t(i)];
    return made;
  }
};

}  // namespace

TEST_CASE("a layer's groups are rows, what is in none of them is the last", "[ui]") {
  Shown shown;
  CHECK(shown.view.visible("groups/5"));
  CHECK_FALSE(shown.view.visible("groups/6"));
  CHECK(shown.top("groups/residual") > shown.top("groups/5"));
  CHECK(shown.view.visible("groups/class/2"));
  CHECK(shown.session.groups().has_asked("effects path mid"));
  CHECK(shown.session.groups().has_asked("effects linear mid"));  // shown until the path was there
  CHECK(shown.session.attributions().has_asked("icon mid direction"));
}

TEST_CASE("groups stand by what they contribute where that is chosen", "[ui]") {
  Shown shown;
  shown.view.click("groups/order/By contribution");
  CHECK(shown.view.state().groups.order == ui::GroupOrder::contribution);
  shown.settle();
  // Channels of even index support every class, the strongest most.
  CHECK(shown.top(shown.row(10)) < shown.top(shown.row(8)));
  CHECK(shown.top(shown.row(8)) < shown.top(shown.row(7)));
  CHECK(shown.top(shown.row(7)) < shown.top(shown.row(11)));
  shown.view.click("groups/order/Left to right");
  shown.settle();
  CHECK(shown.top(shown.row(8)) < shown.top(shown.row(11)));
}

TEST_CASE("dragging the slider factorizes anew, and groups keep their hues and places", "[ui]") {
  Shown shown;
  const auto before = shown.hues();
  const int place = shown.group_of(9);
  shown.view.drag("groups/k", {5.0f / 15, 0.8f}, {8.0f / 15, 0.8f});
  CHECK(shown.view.state().groups.k == 9);
  REQUIRE(shown.view.frames_until([&] { return shown.groups().groups() == 9; }));
  shown.settle();
  const auto after = shown.hues();
  CHECK(after.size() == 9);
  for (const auto& [channel, hue] : before) {
    INFO("channel " << channel);
    REQUIRE(after.contains(channel));
    CHECK(after.at(channel) == hue);
  }
  CHECK(shown.group_of(9) == place);
  CHECK(shown.view.visible("groups/8"));
}

TEST_CASE("what groups are about is chosen in a triangle", "[ui]") {
  Shown shown;
  CHECK_FALSE(shown.session.groups().has_asked("gradient path mid"));
  shown.view.click("groups/objective/attributions");
  CHECK(shown.view.state().groups.objective == factorization::Objective{0, 0, 1});
  REQUIRE(shown.view.frames_until([&] { return shown.session.groups().has_asked("gradient path mid"); }));
  shown.settle();
  shown.view.click("groups/objective/activations");
  CHECK(shown.view.state().groups.objective == factorization::Objective{1, 0, 0});
}

TEST_CASE("a hovered group shows where it is, what it supports, and what it is made of", "[ui]") {
  Shown shown;
  shown.view.hover(shown.row(11));
  CHECK(shown.view.state().selection.hovered.group == ui::GroupRef{"mid", shown.group_of(11)});
  shown.settle();
  CHECK(shown.view.visible("inspector/group icon"));
  CHECK(shown.view.visible("inspector/group channel/11"));
  // It takes from every class, from class 2 the most.
  CHECK(shown.top("rail/class/0") < shown.top("rail/class/1"));
  CHECK(shown.top("rail/class/1") < shown.top("rail/class/2"));
  shown.view.move_away();
  CHECK_FALSE(shown.view.visible("inspector/group icon"));
  CHECK(shown.top("rail/class/2") < shown.top("rail/class/0"));
}

TEST_CASE("the coloured picture tells the group at a place", "[ui]") {
  Shown shown;
  shown.view.hover("groups/map", {2.5f / 4, 1.5f / 4});  // where channel 6 alone fires
  CHECK(shown.view.state().selection.hovered.group == ui::GroupRef{"mid", shown.group_of(6)});
  shown.view.hover("groups/map", {0.5f / 4, 0.5f / 4});  // channel 0 is in no group
  CHECK_FALSE(shown.view.state().selection.hovered.group);
}

TEST_CASE("the channels of a group are channels as everywhere", "[ui]") {
  Shown shown;
  shown.view.hover(shown.row(10) + "/10");
  CHECK(shown.view.state().selection.hovered_in("mid") == 10);
  CHECK_FALSE(shown.view.state().selection.hovered.group);
}

TEST_CASE("a pinned group stays in the other views, until it is unpinned or there are fewer", "[ui]") {
  Shown shown;
  shown.view.click("groups/5");
  CHECK(shown.view.state().selection.pinned.group == ui::GroupRef{"mid", 5});
  shown.view.move_away();
  shown.view.press(ui::Key::two);
  shown.wait_for("inspector/group icon");
  shown.view.press(ui::Key::seven);
  shown.view.press(ui::Key::k, false, true);
  CHECK(shown.view.state().groups.k == 5);
  CHECK_FALSE(shown.view.state().selection.pinned.group);
}

TEST_CASE("one key shows what the network does without a group", "[ui]") {
  Shown shown;
  shown.view.click("groups/0");
  shown.view.press(ui::Key::a);
  shown.wait_for("change/2");
  shown.settle();  // the prediction is there first
  CHECK(shown.session.attributions().has_asked("ablate mid"));
}

TEST_CASE("groups are within reach of the keyboard", "[ui]") {
  Shown shown;
  shown.view.press(ui::Key::k);
  CHECK(shown.view.state().groups.k == 7);
  shown.view.press(ui::Key::g);
  CHECK(shown.view.state().groups.objective == factorization::Objective{0, 1, 0});
  for (int i = 0; i < 3; ++i) shown.view.press(ui::Key::g);
  CHECK(shown.view.state().groups.objective == factorization::Objective{});
  shown.view.press(ui::Key::m);
  CHECK(shown.view.state().groups.order == ui::GroupOrder::contribution);
  shown.settle();
  shown.view.press(ui::Key::right);
  CHECK(shown.view.state().selection.pinned.group == ui::GroupRef{"mid", shown.group_of(10)});
  shown.view.press(ui::Key::right);
  CHECK(shown.view.state().selection.pinned.group == ui::GroupRef{"mid", shown.group_of(8)});
  shown.view.press(ui::Key::left);
  CHECK(shown.view.state().selection.pinned.group == ui::GroupRef{"mid", shown.group_of(10)});
  CHECK_FALSE(shown.view.state().selection.pinned.channel);
}

TEST_CASE("a figure of groups is set as the command line says, and told so again", "[ui]") {
  Shown shown;
  const auto card = shown.engine.wait(session::OpenModel{*shown.view.state().model});
  ui::AppState state = shown.view.state();
  const figure::Settings settings{{"layer", std::string("low")},
                                  {"k", std::int64_t(4)},
                                  {"activations", 0.5},
                                  {"attributions", 0.25},
                                  {"order", std::string("contribution")},
                                  {"group", std::string("low:3")}};
  ui::apply_settings(state, "groups", settings, *card);
  CHECK(state.selection.view == ViewKind::groups);
  CHECK(state.groups.k == 4);
  CHECK(state.groups.objective == factorization::Objective{0.5, 0, 0.25});
  CHECK(state.selection.pinned.group == ui::GroupRef{"low", 3});
  CHECK(ui::settings_of(state, "groups", *card) == settings);
}

TEST_CASE("groups asked for anew continue those on screen", "[ui]") {
  ui::AppState state;
  auto made = std::make_shared<session::LayerGroups>();
  made->layer = "mid";
  update(state, ui::action::GroupsShown{made});
  CHECK(state.group_memory.shown.at("mid") == made);
  CHECK(state.group_memory.before.empty());
  // The order of the rows and a class that groups have nothing to do with ask for no others.
  ui::GroupOptions options = state.groups;
  options.order = ui::GroupOrder::contribution;
  update(state, ui::action::SetGroups{options});
  update(state, ui::action::ChooseClass{1, false, {}});
  CHECK(state.group_memory.before.empty());
  options.k = 99;
  update(state, ui::action::SetGroups{options});
  CHECK(state.groups.k == 32);
  CHECK(state.group_memory.before.at("mid") == made);
}

TEST_CASE("points of a triangle are blends", "[ui]") {
  const ui::Corners corners{ImVec2{50, 0}, ImVec2{0, 100}, ImVec2{100, 100}};
  CHECK(ui::blend_at(corners[0], corners) == factorization::Objective{1, 0, 0});
  CHECK(ui::blend_at(corners[1], corners) == factorization::Objective{0, 1, 0});
  CHECK(ui::blend_at({130, 120}, corners) == factorization::Objective{0, 0, 1});
  CHECK(ui::blend_at({50, -40}, corners) == factorization::Objective{1, 0, 0});
  const factorization::Objective middle = ui::blend_at({50, 100}, corners);
  CHECK(middle == factorization::Objective{0, 0.5, 0.5});
  for (const factorization::Objective& blend :
       {factorization::Objective{0.5, 0.25, 0.25}, factorization::Objective{0.2, 0.4, 0.4}}) {
    const factorization::Objective again = ui::blend_at(ui::point_of_blend(blend, corners), corners);
    CHECK(again.activations == test::Approx(blend.activations));
    CHECK(again.gradients == test::Approx(blend.gradients));
    CHECK(again.activations + again.gradients + again.attributions == test::Approx(1));
  }
}

}  // namespace tessera::test::groups_view_test
