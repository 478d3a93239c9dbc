#include "ui/state/selection_text.h"

#include "support/catch.h"
#include "tessera/base/error.h"

namespace tessera::test::selection_text_test {

using namespace tessera;
using namespace tessera::ui;

TEST_CASE("what is looked at can be written down and read back", "[ui]") {
  AppState state;
  state.selection.view = ViewKind::comparison;
  state.selection.layer = "blocks.11.expand";
  state.selection.layers = {"a", "b.c"};
  state.selection.objective = ObjectiveChoice{281, 285};
  state.selection.pinned.channel = ChannelRef{"odd:name", 17};
  state.selection.pinned.picked = {"b.c", {3, 17, 40}};
  state.selection.pinned.place = Place{"b.c", 0.25f, 0.517857134f};
  state.attribution.method = AttributionMethod::linear;
  state.attribution.rules.pooling = attribution::Pooling::proportional;
  state.attribution.show_difference = true;
  state.attribution.map = ChannelMap::attribution;
  state.attribution.one_scale = false;
  state.spatial.factors = 5;
  state.grids.size = CellSize::area;
  state.selection.pinned.group = GroupRef{"b.c", 4};
  state.groups.k = 9;
  state.groups.objective = {0.25, 0, 0.75};
  state.groups.order = GroupOrder::left_to_right;
  state.flows = {true, false, FlowHeight::contribution};
  state.selection.spec.elements.push_back(figure::Element{});

  AppState read;
  for (const auto& [name, value] : settings_of(state)) set_from_text(read, name, value);
  CHECK(read.attribution == state.attribution);
  CHECK(read.spatial == state.spatial);
  CHECK(read.grids == state.grids);
  CHECK(read.groups == state.groups);
  CHECK(read.flows == state.flows);
  CHECK(read.selection.pinned.place->y == state.selection.pinned.place->y);
  CHECK(read.selection.pinned.place->x == test::Approx(state.selection.pinned.place->x).epsilon(1e-5));
  CHECK(cell_of(*read.selection.pinned.place, 28, 28) == cell_of(*state.selection.pinned.place, 28, 28));
  read.selection.pinned.place = state.selection.pinned.place;
  CHECK(read.selection == state.selection);
}

TEST_CASE("a fresh state has little to say", "[ui]") {
  const auto settings = settings_of(AppState{});
  REQUIRE(settings.size() == 1);
  CHECK(settings[0] == Setting{"view", "overview"});
}

TEST_CASE("what makes no sense is refused in a sentence", "[ui]") {
  AppState state;
  const std::pair<const char*, const char*> wrong[] = {
      {"colour", "red"},      {"view", "moon"},   {"class", "-1"},    {"class", "tabby"},  {"channel", "17"},
      {"channel", "a:b"},     {"place", "a:0.5"}, {"place", "a:2,0"}, {"method", ""},      {"factors", "x"},
      {"pooling", "maximum"}, {"k", "many"},      {"gradients", "2"}, {"order", "random"}, {"towards", "x"},
      {"spec", "{}"},         {"group", "3"}};
  for (const auto& [name, value] : wrong) {
    INFO(name << "=" << value);
    CHECK_THROWS_AS(set_from_text(state, name, value), Error);
  }
}

}  // namespace tessera::test::selection_text_test
