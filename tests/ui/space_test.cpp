// The design space: how figures are composed in it, and that whatever is legal is drawn.
#include <algorithm>

#include "figure/combinations.h"
#include "support/catch.h"
#include "tessera/base/error.h"
#include "tessera/figure/presets.h"
#include "tessera/session/queries.h"
#include "ui/shown.h"
#include "ui/space/cell_map.h"
#include "ui/space/compose.h"
#include "ui/state/figure_settings.h"
#include "ui/state/update.h"

namespace tessera::test::space_test {

using namespace tessera;
using namespace tessera::figure;
using ui::ViewKind;

namespace {

struct Shown : test::Shown {
  Shown() : test::Shown(ViewKind::space, "space/cell/hidden/channel") {}

  const std::vector<Element>& elements() const { return view.state().selection.spec.elements; }
  void show(std::vector<Element> elements) {
    view.workbench().act(ui::action::SetSpec{{elements, {}, {}}});
    CHECK(this->elements() == elements);
    REQUIRE(view.settle());
  }
  // All of the figure is on screen.
  bool is_drawn() {
    const std::size_t panels = view.workbench().marks().names("space/panel/").size();
    return panels > 0 && view.workbench().marks().names("space/drawn/").size() == panels;
  }
  bool has(const std::string& prefix) { return !view.workbench().marks().names(prefix).empty(); }
};

Element element(Content content, Presentation presentation, Atoms atoms) {
  Element made;
  made.content = content;
  made.presentation = presentation;
  made.atoms = atoms;
  if (content == Content::attribution) made.towards = Target{};
  return made;
}

const Element icons = element(Content::activations, Presentation::feature, Atoms::channel);
const Element contributions = element(Content::attribution, Presentation::information, Atoms::channel);

Element filtered(Element made, int by) {
  made.operations.push_back(Filter{by});
  return made;
}

}  // namespace

TEST_CASE("every legal combination is drawn", "[ui]") {
  Shown shown;
  for (const Element& each : test::legal_combinations()) {
    INFO(describe(each));
    shown.show({each});
    CHECK(shown.is_drawn());
    // The same beside another: built-in views stand alone.
    shown.show({each, icons, icons});
    CHECK(shown.view.visible("space/drawn/0"));
    CHECK(shown.view.visible("space/drawn/2"));
  }
}

TEST_CASE("every preset and every built-in figure is drawn", "[ui]") {
  Shown shown;
  for (const Preset& preset : presets()) {
    INFO(preset.name);
    shown.show(preset.elements);
    CHECK(shown.is_drawn());
  }
  for (const BuiltIn& known : built_in_specs()) {
    INFO(known.figure);
    shown.show(known.elements);
    CHECK(shown.is_drawn());
    CHECK(shown.view.visible("space/open"));
  }
}

TEST_CASE("every legal filter is drawn", "[ui]") {
  Shown shown;
  for (const Content content : contents)
    for (const Presentation presentation : presentations)
      for (const Atoms atoms : kinds_of_atoms)
        for (const Atoms by : kinds_of_atoms) {
          const std::vector<Element> both{filtered(element(content, presentation, atoms), 1),
                                          element(Content::activations, Presentation::information, by)};
          if (objection(both)) continue;
          INFO(describe(both[0]) << " / " << describe(both[1]));
          shown.show(both);
          CHECK(shown.is_drawn());
        }
}

TEST_CASE("a click puts what the brush is into a cell, another takes it out, and Ctrl+Z goes back", "[ui]") {
  Shown shown;
  CHECK(shown.elements() == std::vector{icons});
  shown.view.click("space/cell/hidden/group");
  REQUIRE(shown.elements().size() == 2);
  CHECK(shown.elements()[1] == element(Content::activations, Presentation::feature, Atoms::group));
  shown.view.click("space/cell/hidden/channel");
  REQUIRE(shown.elements().size() == 1);
  CHECK(shown.elements()[0].atoms == Atoms::group);
  shown.view.press(ui::Key::z, true);
  CHECK(shown.elements().size() == 2);
  shown.view.press(ui::Key::z, true);
  CHECK(shown.elements() == std::vector{icons});
}

TEST_CASE("a cell in which something makes no sense says why, and takes no click", "[ui]") {
  Shown shown;
  shown.view.hover("space/cell/hidden/position");
  CHECK(shown.view.visible("space/offer"));
  for (const char* cell : {"space/cell/output/group", "space/cell/input/channel", "space/cell/input/whole"}) {
    shown.view.hover(cell);
    CHECK(shown.view.visible("space/objection"));
    shown.view.click(cell);
    CHECK(shown.elements() == std::vector{icons});
  }
}

TEST_CASE("the saliency of a group, which the article never drew, is a few clicks", "[ui]") {
  Shown shown;
  shown.view.click("space/cell/hidden/channel");
  CHECK(shown.elements().empty());
  shown.view.click("space/content/Attribution");
  shown.view.click("space/as/Graphics");
  shown.view.click("space/towards/group");
  shown.view.click("space/cell/input/position");
  REQUIRE(shown.elements().size() == 1);
  CHECK(shown.elements()[0].towards == Target{Stratum::hidden, Atoms::group, {}});
  REQUIRE(shown.view.settle());
  CHECK(shown.view.visible("grid/input"));
  CHECK(shown.is_drawn());
  CHECK(shown.session.attributions().has_asked("attribute path input"));
  CHECK(shown.session.groups().has_asked("groups low 6"));  // of the first layer that is shown
  shown.view.workbench().act(ui::action::PinGroup{{"mid", 1}});
  REQUIRE(shown.view.settle());
  CHECK(shown.session.groups().has_asked("groups mid 6"));
}

TEST_CASE("an icon's order follows what filters it", "[ui]") {
  Shown shown;
  shown.show({icons, contributions});
  const auto tile = [&](int channel) {
    const auto found = shown.view.workbench().marks().find("space/tile/0/mid/" + std::to_string(channel));
    REQUIRE(found);
    return *found;
  };
  CHECK(tile(11).from.x < tile(10).from.x);  // active most
  shown.view.click("space/filter/0");
  CHECK(shown.elements() == std::vector{filtered(icons, 1), contributions});
  // That is a built-in figure; a third element makes it one of its own.
  const Element picture{
      Content::activations, Presentation::information, Stratum::input, Atoms::position, {}, {}, {}};
  shown.show({filtered(icons, 1), contributions, picture});
  CHECK(shown.has("space/tile/0/mid/10"));
  CHECK(tile(10).from.x < tile(8).from.x);  // speaks for the class most; odd channels against it
  CHECK_FALSE(shown.has("space/bar/1"));
}

TEST_CASE("pointing at a channel chooses the map that it filters", "[ui]") {
  Shown shown;
  const Element map = filtered(element(Content::activations, Presentation::information, Atoms::position), 0);
  shown.show({icons, map});
  shown.view.hover("space/tile/0/mid/11");
  CHECK(shown.view.state().selection.hovered_in("mid") == 11);
  shown.view.click("space/tile/0/mid/11");
  CHECK(shown.view.state().selection.pinned_in("mid") == 11);
  CHECK(shown.is_drawn());
}

TEST_CASE("presets and elements are chosen and removed by name", "[ui]") {
  Shown shown;
  shown.view.click("space/preset/group_saliency");
  CHECK(shown.elements() == presets().back().elements);
  shown.view.move_away();
  shown.view.click("space/remove/0");
  CHECK(shown.elements().size() == 1);
  shown.view.click("space/preset/flows");
  REQUIRE(shown.view.settle());
  shown.view.move_away();
  shown.view.click("space/open");
  CHECK(shown.view.state().selection.view == ViewKind::flows);
  shown.view.press(ui::Key::d);
  CHECK(shown.view.state().selection.view == ViewKind::space);
}

TEST_CASE("taking an element out takes out the filters by it, and renumbers the others", "[ui]") {
  const FigureSpec less = ui::without(FigureSpec{{filtered(icons, 2), icons, contributions}, {}, {}}, 1);
  CHECK(less.elements == std::vector{filtered(icons, 1), contributions});
  CHECK(ui::without(FigureSpec{{filtered(icons, 1), contributions}, {}, {}}, 1).elements ==
        std::vector{icons});
  // Through all filters that are possible, and back to none.
  FigureSpec next{{icons, contributions, contributions}, {}, {}};
  next = ui::with_next_filter(next, 0);
  CHECK(next.elements[0] == filtered(icons, 1));
  next = ui::with_next_filter(next, 0);
  CHECK(next.elements[0] == filtered(icons, 2));
  CHECK(ui::with_next_filter(next, 0).elements[0] == icons);
}

TEST_CASE("fine maps become blocks whose contributions add up, and lie on other grids by their means",
          "[ui]") {
  ui::CellMap fine{128, 96, std::vector<float>(std::size_t(128) * 96, 1.0f), 1};
  const ui::CellMap sums = ui::in_blocks(fine, true), means = ui::in_blocks(fine, false);
  CHECK(sums.height == 64);
  CHECK(sums.width == 48);
  CHECK(sums.block == 2);
  CHECK(std::ranges::all_of(sums.values, [](float value) { return value == 4; }));
  CHECK(std::ranges::all_of(means.values, [](float value) { return value == 1; }));
  const ui::CellMap small{2, 2, {1, 2, 3, 4}, 1};
  CHECK(ui::in_blocks(small, true).values == small.values);
  CHECK(ui::projected(small, 1, 1).values == std::vector{2.5f});
  CHECK(ui::projected(small, 2, 4).values == std::vector{1.0f, 1.0f, 2.0f, 2.0f, 3.0f, 3.0f, 4.0f, 4.0f});
  // One cell of thousands does not decide the scale.
  fine.values[7] = -50;
  CHECK(ui::sturdy_reach(fine) == 1);
  CHECK(ui::reach_of(fine) == 50);
  CHECK(ui::sturdy_reach(small) == 4);
}

TEST_CASE("an illegal figure changes nothing", "[ui]") {
  ui::AppState state;
  const auto before = state.selection.spec;
  Element wrong = icons;
  wrong.stratum = Stratum::output;
  ui::update(state, ui::action::SetSpec{{{wrong}, {}, {}}});
  CHECK(state.selection.spec == before);
}

TEST_CASE("the design space is set as the command line says, and told so again", "[ui]") {
  Shown shown;
  const auto card = shown.engine.wait(session::OpenModel{*shown.view.state().model});
  ui::AppState state = shown.view.state();
  Element named = icons;
  named.layers = {"low", "high"};
  const std::string text = to_json(FigureSpec{{named}, {}, {}});
  const Settings settings{{"spec", text}, {"k", std::int64_t(4)}};
  ui::apply_settings(state, "space", settings, *card);
  CHECK(state.selection.view == ViewKind::space);
  CHECK(state.selection.spec.elements == std::vector{named});
  CHECK(ui::settings_of(state, "space", *card).at("spec") == Value(text));
  CHECK(ui::settings_of(state, "space", *card).at("k") == Value(std::int64_t(4)));
  named.layers = {"nowhere"};
  CHECK_THROWS_AS(ui::apply_settings(state, "space", {{"spec", to_json(FigureSpec{{named}, {}, {}})}}, *card),
                  Error);

  // Another model has other layers.
  state.pending_model = *state.model;
  state.pending_model->file.path = "/fake/other.pt";
  model::ModelCard other = *card;
  other.layers.erase(other.layers.begin() + 1);
  ui::update(state, ui::action::ModelOpened{other});
  CHECK(state.selection.spec.elements == std::vector{icons});
}

}  // namespace tessera::test::space_test
