// Which view a failed check concerns.
#include "ui/check_warnings.h"

#include "support/catch.h"
#include "tessera/figure/presets.h"

namespace tessera::test::check_warnings_test {
namespace {

using namespace tessera;
using check::Kind;
using ui::ViewKind;

model::ModelCard card() {
  model::ModelCard made;
  for (const char* name : {"low", "mid", "high"}) {
    made.layers.emplace_back();
    made.layers.back().name = name;
    made.layers.back().suggested = std::string(name) != "low";
  }
  return made;
}

ui::AppState showing(ViewKind view, const std::string& layer = "mid") {
  ui::AppState state;
  state.selection.view = view;
  state.selection.layer = layer;
  return state;
}

bool warns(Kind kind, const std::string& layer, const ui::AppState& state) {
  check::Report report;
  report.lines = {{kind, layer, check::Outcome::failed, {}, {}, "It fails"},
                  {Kind::repeat, {}, check::Outcome::passed, {}, {}, "It passes"}};
  return !failures_in_view(report, state, card()).empty();
}

const auto every_view = {ViewKind::overview, ViewKind::dictionary, ViewKind::grids,  ViewKind::spatial,
                         ViewKind::channels, ViewKind::comparison, ViewKind::groups, ViewKind::flows,
                         ViewKind::sheet,    ViewKind::cube,       ViewKind::space};

}  // namespace

TEST_CASE("what is wrong with the forward pass concerns every view", "[ui]") {
  for (const ViewKind view : every_view)
    for (const Kind kind : {Kind::repeat, Kind::batch, Kind::interpreter})
      CHECK(warns(kind, "", showing(view)));
}

TEST_CASE("what passed, was handled or skipped concerns none", "[ui]") {
  for (const auto outcome : {check::Outcome::passed, check::Outcome::handled, check::Outcome::skipped}) {
    check::Report report;
    report.lines = {{Kind::batch, {}, outcome, {}, {}, "So it is"}};
    CHECK(failures_in_view(report, showing(ViewKind::spatial), card()).empty());
  }
}

TEST_CASE("a misplaced layer concerns the views that draw it on the picture", "[ui]") {
  for (const ViewKind view : {ViewKind::dictionary, ViewKind::grids, ViewKind::spatial, ViewKind::groups,
                              ViewKind::flows, ViewKind::sheet, ViewKind::cube})
    CHECK(warns(Kind::place, "mid", showing(view)));
  for (const ViewKind view : {ViewKind::overview, ViewKind::channels, ViewKind::comparison, ViewKind::space})
    CHECK_FALSE(warns(Kind::place, "mid", showing(view)));
}

TEST_CASE("wrong derivatives concern the views that show attributions", "[ui]") {
  for (const Kind kind : {Kind::directions, Kind::differences, Kind::completeness}) {
    for (const ViewKind view :
         {ViewKind::spatial, ViewKind::channels, ViewKind::comparison, ViewKind::groups, ViewKind::flows}) {
      CHECK(warns(kind, "mid", showing(view)));
      CHECK(warns(kind, "", showing(view)));
    }
    for (const ViewKind view : {ViewKind::overview, ViewKind::dictionary, ViewKind::grids, ViewKind::sheet,
                                ViewKind::cube, ViewKind::space}) {
      CHECK_FALSE(warns(kind, "mid", showing(view)));
      CHECK_FALSE(warns(kind, "", showing(view)));
    }
  }
}

TEST_CASE("views of one layer are concerned by that one, views of several by those that are shown", "[ui]") {
  CHECK_FALSE(warns(Kind::place, "high", showing(ViewKind::sheet)));
  CHECK(warns(Kind::place, "high", showing(ViewKind::sheet, "high")));
  CHECK(warns(Kind::place, "high", showing(ViewKind::spatial)));  // is suggested, as is "mid"
  CHECK_FALSE(warns(Kind::place, "low", showing(ViewKind::spatial)));
  ui::AppState state = showing(ViewKind::spatial);
  state.selection.layers = {"low"};
  CHECK(warns(Kind::place, "low", state));
  CHECK_FALSE(warns(Kind::place, "high", state));
}

TEST_CASE("what is pinned is drawn on the picture of the overview", "[ui]") {
  ui::AppState state = showing(ViewKind::overview);
  state.selection.pinned.channel = ui::ChannelRef{"high", 3};
  CHECK(warns(Kind::place, "high", state));
  CHECK_FALSE(warns(Kind::place, "mid", state));
  CHECK_FALSE(warns(Kind::differences, "high", state));
  state.attribution.map = ui::ChannelMap::attribution;
  CHECK(warns(Kind::differences, "high", state));
}

TEST_CASE("a figure of the design space is concerned by what its elements show", "[ui]") {
  ui::AppState state = showing(ViewKind::space);
  figure::Element map;
  map.content = figure::Content::attribution;
  map.atoms = figure::Atoms::position;
  map.layers = {"high"};
  map.towards = figure::Target{};
  state.selection.spec.elements = {map};
  CHECK(warns(Kind::place, "high", state));
  CHECK(warns(Kind::completeness, "high", state));
  CHECK_FALSE(warns(Kind::place, "mid", state));
  state.selection.spec.elements[0].content = figure::Content::activations;
  state.selection.spec.elements[0].towards.reset();
  CHECK(warns(Kind::place, "high", state));
  CHECK_FALSE(warns(Kind::completeness, "high", state));
}

TEST_CASE("a warning names what is wrong once, and where", "[ui]") {
  const check::Line lines[] = {{Kind::directions, "mid", check::Outcome::failed, {}, {}, ""},
                               {Kind::directions, "high", check::Outcome::failed, {}, {}, ""},
                               {Kind::differences, "high", check::Outcome::failed, {}, {}, ""},
                               {Kind::repeat, "", check::Outcome::failed, {}, {}, ""}};
  CHECK(ui::warning_text({&lines[0], &lines[1], &lines[2], &lines[3]}) ==
        "Do not trust this view: derivatives are wrong (mid, high); two runs of this network differ");
  const check::Line more[] = {{Kind::place, "a", check::Outcome::failed, {}, {}, ""},
                              {Kind::place, "b", check::Outcome::failed, {}, {}, ""},
                              {Kind::place, "c", check::Outcome::failed, {}, {}, ""},
                              {Kind::place, "d", check::Outcome::failed, {}, {}, ""}};
  CHECK(ui::warning_text({&more[0], &more[1], &more[2], &more[3]}) ==
        "Do not trust this view: cells do not look where they are drawn (a, b, c and 1 more)");
}

}  // namespace tessera::test::check_warnings_test
