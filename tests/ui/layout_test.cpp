// Every view and overlay, in all states, in windows of all sizes, with labels as long as ImageNet's longest
// and layers with names of sixty characters: no text lies over another or over a control that is not its own,
// none sticks out of its panel, and none has lost a number.
#include <filesystem>
#include <functional>
#include <map>
#include <optional>
#include <string>
#include <thread>
#include <vector>

#include "support/catch.h"
#include "tessera/figure/presets.h"
#include "tessera/session/check_queries.h"
#include "ui/fake_session.h"
#include "ui/headless.h"
#include "ui/layout_faults.h"
#include "ui/views/catalogue.h"

namespace tessera::test::layout_test {

using namespace tessera;
using ui::ViewKind;
namespace action = ui::action;

namespace {

struct Display {
  const char* name;
  ImVec2 size;
  float scale;
};
const Display displays[] = {{"1024 × 700", {1024, 700}, 1},
                            {"1280 × 800", {1280, 800}, 1},
                            {"1440 × 900", {1440, 900}, 1},
                            {"1920 × 1080", {1920, 1080}, 1},
                            {"2880 × 1800 at scale 2", {2880, 1800}, 2}};

// More would only hide the first ones.
constexpr std::size_t most_told = 60;

// Goes through the fake's network in the real workbench, and looks at it in every size.
class Walk {
 public:
  explicit Walk(const std::string& model = "wordy.pt", ui::AppState initial = {})
      : view_((session_.serve(engine_), engine_), started(std::move(initial), model), displays[2].size,
              {1, 2}) {
    view_.workbench().record(&drawn_);
    if (!model.empty()) REQUIRE(view_.frames_until([&] { return view_.state().model.has_value(); }));
  }

  FakeSession& session() { return session_; }
  Headless& view() { return view_; }
  void act(const ui::Action& action) { view_.workbench().act(action); }
  void choose(ViewKind kind) { act(action::ChooseView{kind}); }

  // In all sizes, with whatever `prepare` does in each, such as to hover.
  void look(const std::string& what, const std::function<void()>& prepare = {}) {
    for (const Display& display : displays) {
      view_.resize(display.size, display.scale);
      calm();
      if (prepare) {
        prepare();
        calm();
      }
      for (const LayoutFault& fault : faults_of(drawn_, display.scale)) {
        std::string& where = faults_[fault.what];
        if (where.empty()) where = what + ", " + display.name;
      }
      ++looks_;
    }
  }

  // Until everything that is asked is answered or held back, and nothing moves any more.
  void calm() {
    std::size_t passed = 0;
    for (int quiet = 0, frames = 0; quiet < 3 && frames < 500; ++frames) {
      view_.frame();
      while (!view_.state().work_held && engine_.busy()) std::this_thread::yield();
      const std::size_t now = session_.gate().passed().size();
      quiet = now == passed && !view_.workbench().wants_frame() ? quiet + 1 : 0;
      passed = now;
    }
  }

  // The first that is marked so.
  std::optional<std::string> first_mark(const std::string& prefix) {
    const std::vector<std::string> names = view_.workbench().marks().names(prefix);
    return names.empty() ? std::nullopt : std::optional(names.front());
  }

  void check_all() {
    INFO(looks_ << " frames were looked at; faults: " << faults_.size() << list());
    CHECK(looks_ > 0);
    CHECK(faults_.empty());
  }

 private:
  static ui::AppState started(ui::AppState state, const std::string& model) {
    if (model.empty()) return state;
    return chosen("cat_64x48.png", model, ViewKind::overview);
  }

  std::string list() const {
    std::string text;
    std::size_t told = 0;
    for (const auto& [what, where] : faults_)
      if (told++ < most_told) text += "\n" + where + ": " + what;
    return text;
  }

  FakeSession session_;
  engine::Engine engine_;
  ui::Drawn drawn_;
  Headless view_;
  std::map<std::string, std::string> faults_;  // and where they were seen first
  std::size_t looks_ = 0;
};

void each_view(Walk& walk, const std::string& state, const std::function<void(ViewKind)>& look = {}) {
  for (const ui::ViewEntry& entry : ui::views()) {
    walk.choose(entry.kind);
    if (look)
      look(entry.kind);
    else
      walk.look(std::string(entry.name) + ", " + state);
  }
}

// What can be pointed at in each view.
std::vector<std::string> to_hover(ViewKind kind) {
  switch (kind) {
    case ViewKind::overview:
      return {"overview/class/", "overview/mid", "image", "whole picture"};
    case ViewKind::dictionary:
      return {"dictionary/channel/", "image"};
    case ViewKind::grids:
      return {"grid/"};
    case ViewKind::spatial:
      return {"spatial/factor/", "grid/"};
    case ViewKind::channels:
      return {"channels/"};
    case ViewKind::comparison:
      return {"comparison/", "image"};
    case ViewKind::groups:
      return {"groups/0", "groups/class/", "groups/map"};
    case ViewKind::flows:
      return {"flows/mid", "flows/ribbon/", "flows/class/"};
    case ViewKind::cube:
      return {"cube/front"};
    case ViewKind::sheet:
      return {"sheet/channel/", "image"};
    case ViewKind::space:
      return {"space/cell/hidden/channel", "space/tile/"};
  }
  return {};
}

}  // namespace

TEST_CASE("views lie well while they wait, with linear values, and whole", "[ui]") {
  Walk walk;
  walk.act(action::HoldWork{true});
  each_view(walk, "stopped");
  walk.act(action::HoldWork{false});
  walk.session().gate().hold({""});
  each_view(walk, "waiting");
  walk.session().gate().hold({"in full"});
  each_view(walk, "linear so far");
  walk.session().gate().hold({});
  each_view(walk, "ready");
  walk.check_all();
}

TEST_CASE("views lie well where something is hovered or pinned", "[ui]") {
  Walk walk;
  each_view(walk, "hovered", [&](ViewKind kind) {
    for (const std::string& prefix : to_hover(kind))
      walk.look(std::string(ui::entry_of(kind).name) + ", hovered: " + prefix, [&] {
        if (const auto mark = walk.first_mark(prefix)) walk.view().hover(*mark);
      });
    walk.view().move_away();
  });
  const std::string mid = fake_long_name("mid");
  walk.act(action::SelectLayer{mid});
  walk.act(action::PinChannel{{mid, 7}});
  each_view(walk, "a channel pinned");
  walk.act(action::PinPlace{ui::place_of(mid, {1, 2}, 4, 4)});
  each_view(walk, "a channel and a place pinned");
  walk.act(action::ToggleAblation{});
  walk.act(action::Unpin{});
  walk.act(action::PinPlace{ui::place_of(mid, {1, 2}, 4, 4)});
  each_view(walk, "a place pinned");
  walk.act(action::Unpin{});
  walk.act(action::PinGroup{{mid, 1}});
  each_view(walk, "a group pinned");
  walk.act(action::Unpin{});
  walk.act(action::ChooseClass{1, true, ui::ObjectiveChoice{2, {}}});
  each_view(walk, "two classes compared");
  walk.check_all();
}

TEST_CASE("views lie well with everything that can be set about them", "[ui]") {
  Walk walk;
  walk.act(action::SelectLayer{fake_long_name("top")});
  each_view(walk, "of a layer with 1280 channels");
  walk.choose(ViewKind::dictionary);
  for (const ui::Basis basis : {ui::Basis::components, ui::Basis::groups}) {
    walk.act(action::SetBasis{basis});
    walk.look("dictionary, another basis");
  }
  walk.choose(ViewKind::grids);
  walk.act(action::SetGrids{{ui::CellSize::area, ui::CellContent::components}});
  walk.look("grids of components");
  walk.choose(ViewKind::spatial);
  walk.act(action::SetSpatial{{6}});
  walk.look("spatial, six hues");
  ui::AttributionOptions options;
  options.show_difference = true;
  options.one_scale = false;
  walk.act(action::SetAttribution{options});
  walk.look("spatial, difference");
  walk.choose(ViewKind::flows);
  ui::FlowOptions flows;
  flows.towards_class = false;
  flows.compatible = true;
  walk.act(action::SetFlows{flows});
  walk.look("flows, class-free and compatible");
  walk.choose(ViewKind::groups);
  ui::GroupOptions groups;
  groups.k = 12;
  groups.objective = {1, 1, 1};
  walk.act(action::SetGroups{groups});
  walk.look("twelve groups by everything");
  walk.choose(ViewKind::cube);
  for (const ui::Atom atom : {ui::Atom::neuron, ui::Atom::channel, ui::Atom::group, ui::Atom::whole}) {
    ui::CubeOptions cube;
    cube.atom = atom;
    walk.act(action::SetCube{cube});
    walk.look("cube, another atom");
  }
  walk.check_all();
}

TEST_CASE("every figure of the design space lies well", "[ui]") {
  Walk walk;
  walk.choose(ViewKind::space);
  for (const figure::Preset& preset : figure::presets()) {
    walk.act(action::SetSpec{{preset.elements, {}, {}}});
    walk.look("space, " + preset.name);
  }
  walk.check_all();
}

TEST_CASE("views lie well that cannot be computed", "[ui]") {
  Walk walk;
  walk.session().gate().fail({""});
  each_view(walk, "failed");
  walk.check_all();
}

TEST_CASE("panels lie well, and views beside them, however they are dragged and folded", "[ui]") {
  Walk walk;
  const std::string mid = fake_long_name("mid");
  ui::PanelLayout panels;
  panels.rail_width = panels.inspector_width = ui::PanelLayout::least_width;
  walk.act(action::SetPanels{panels});
  walk.act(action::PinChannel{{mid, 7}});
  each_view(walk, "narrow panels");
  walk.act(action::ToggleAblation{});
  walk.look("narrow panels, what is lost without a channel");
  walk.act(action::ToggleAblation{});
  panels.inspector_open = false;
  panels.all_layers = true;
  walk.act(action::SetPanels{panels});
  walk.choose(ViewKind::channels);
  walk.look("a card", [&] {
    if (const auto mark = walk.first_mark("channels/")) walk.view().hover(*mark);
  });
  walk.view().move_away();
  panels.folded.fill(true);
  walk.act(action::SetPanels{panels});
  walk.look("everything folded");
  walk.check_all();
}

TEST_CASE("views lie well beside each other", "[ui]") {
  Walk walk;
  const std::filesystem::path other[] = {"/fake/another_picture_with_a_long_name_64x48.png"};
  const std::string mid = fake_long_name("mid");
  walk.act(action::PinChannel{{mid, 7}});
  walk.calm();
  each_view(walk, "beside", [&](ViewKind kind) {
    const std::string name = ui::entry_of(kind).name;
    walk.calm();
    walk.view().press(ui::Key::b);
    walk.look(name + ", beside itself");
    walk.view().press(ui::Key::b);
    walk.view().press(ui::Key::b, false, true);  // without what is pinned
    walk.look(name + ", beside itself without a channel");
    walk.view().press(ui::Key::b);
  });
  walk.view().press(ui::Key::b);
  walk.view().workbench().drop(other);
  each_view(walk, "beside the design space of another picture");
  walk.check_all();
}

TEST_CASE("overlays lie well", "[ui]") {
  Walk walk;
  for (const auto overlay :
       {ui::Overlay::shortcuts, ui::Overlay::open_image, ui::Overlay::open_model, ui::Overlay::recent_files,
        ui::Overlay::preprocessing, ui::Overlay::trust, ui::Overlay::check, ui::Overlay::export_figure}) {
    walk.act(action::ShowOverlay{overlay});
    walk.look("overlay " + std::to_string(int(overlay)));
  }
  figure::Provenance made;
  made.figure = "overview";
  made.image.name = "a picture whose name is as long as those that cameras and people give them.png";
  walk.act(action::OpenFigure{"/fake/a_figure_with_a_name_that_is_long_as_well.png"});
  walk.act(action::FigureRead{made});
  walk.act(action::AskForFigureFile{});
  walk.look("the file of a figure");
  walk.act(action::ForgetFigure{});
  walk.act(action::ShowOverlay{ui::Overlay::none});
  walk.act(action::ShowMessage{ui::MessageKind::error,
                               "There is no folder /home/somebody/pictures/of/cats: "
                               "choose another one, or make it"});
  walk.act(action::ShowMessage{ui::MessageKind::note, "Written: figure.png"});
  walk.look("messages");
  walk.act(action::Export{"/fake/a_figure_with_a_name_that_is_long_as_well.png"});
  walk.look("messages over an export");
  walk.check_all();
}

TEST_CASE("views lie well under a warning, and the table of a check that failed", "[ui]") {
  Walk walk("wordy_unsound.pt", {});
  check::Report report = failed_check(check::Kind::place, "mid");
  for (check::Line& line : report.lines)
    if (!line.layer.empty()) line.layer = fake_long_name(line.layer);
  walk.session().keep_check(report);
  walk.session().set_check(report);
  const std::filesystem::path model[] = {"/fake/wordy_failed.pt"};
  walk.view().workbench().drop(model);
  walk.calm();
  walk.act(action::SelectLayer{fake_long_name("mid")});
  each_view(walk, "warned");
  walk.act(action::ShowOverlay{ui::Overlay::check});
  walk.look("the table of a check");
  walk.check_all();
}

TEST_CASE("an empty window lies well", "[ui]") {
  Walk walk("");
  walk.look("nothing open");
  walk.check_all();
}

TEST_CASE("faults of a layout are found", "[ui]") {
  const auto text = [](ui::Rect where, std::string drawn, std::string full, std::string window = "one") {
    return ui::DrawnText{std::move(window), where,          {{0, 0}, {100, 100}}, false,
                         std::move(drawn),  std::move(full)};
  };
  const auto faults = [](const ui::Drawn& drawn) { return faults_of(drawn, 1).size(); };
  const ui::Rect here{{10, 10}, {50, 25}}, there{{40, 15}, {80, 30}}, below{{10, 60}, {50, 75}};
  CHECK(faults({{text(here, "a", "a"), text(below, "b", "b")}, {}}) == 0);
  CHECK(faults({{text(here, "a", "a"), text(there, "b", "b")}, {}}) == 1);
  CHECK(faults({{text(here, "a", "a"), text(there, "b", "b", "one/child")}, {}}) == 1);
  CHECK(faults({{text(here, "a", "a"), text(there, "b", "b", "two")}, {}}) == 0);
  CHECK(faults({{text({{80, 10}, {120, 25}}, "a", "a")}, {}}) == 1);  // sticks out
  CHECK(faults({{text(here, "blocks…, channel 384", "blocks.11.expand, channel 384")}, {}}) == 0);
  CHECK(faults({{text(here, "blocks.11.expand, …", "blocks.11.expand, channel 384")}, {}}) == 1);
  const ui::DrawnControl button{"one", {{5, 5}, {55, 30}}, {{0, 0}, {100, 100}}, false, "button"};
  CHECK(faults({{text(here, "its own", "its own")}, {button}}) == 0);
  CHECK(faults({{text(there, "foreign", "foreign")}, {button}}) == 1);
  ui::DrawnControl other = button;
  other.where = {{50, 5}, {90, 30}};
  CHECK(faults({{}, {button, other}}) == 1);
}

}  // namespace tessera::test::layout_test
