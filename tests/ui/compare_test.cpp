// Two views beside each other: one that is kept, and what is shown now.
#include <algorithm>
#include <set>

#include "support/catch.h"
#include "tessera/session/queries.h"
#include "ui/matched_channel.h"
#include "ui/shared_scales.h"
#include "ui/shown.h"
#include "ui/state/update.h"

namespace tessera::test::compare_test {

using namespace tessera;
using test::Approx;
using test::FakeSession;
using test::Headless;
using ui::ViewKind;

namespace {

struct Shown : test::Shown {
  explicit Shown(ViewKind kind = ViewKind::sheet, const std::string& there = "sheet/channel/0")
      : test::Shown(kind, there) {
    settle();
  }

  void drop(const std::filesystem::path& file) {
    const std::filesystem::path files[] = {file};
    view.workbench().drop(files);
    settle();
  }

  const ui::Selection& live() const { return view.state().selection; }
  ui::AppState kept() const {
    REQUIRE(view.state().kept);
    return state_of_kept(view.state());
  }
  std::string live_image() const { return view.state().image->file.path.filename().string(); }
  std::string kept_image() const { return kept().image->file.path.filename().string(); }

  // The upper ends of the scales that maps of all of the middle layer are drawn on.
  std::set<float> scales() const {
    std::set<float> found;
    for (const auto& asked : view.textures().atlases())
      if (asked.cube->channels == FakeSession::mid_channels && !asked.scale.per_channel &&
          asked.scale.map == render::ColorMap::sequential)
        found.insert(asked.scale.high);
    return found;
  }
};

}  // namespace

TEST_CASE("b keeps the view beside what comes next: another picture is shown on the right alone", "[ui]") {
  Shown shown;
  CHECK_FALSE(shown.view.visible("beside/kept"));
  shown.view.press(ui::Key::b);
  shown.settle();
  CHECK(shown.view.visible("kept/sheet/channel/0"));
  CHECK(shown.view.visible("sheet/channel/0"));
  const auto left = shown.view.workbench().marks().find("kept/sheet/channel/0");
  const auto right = shown.view.workbench().marks().find("sheet/channel/0");
  CHECK(left->to.x < right->from.x);
  shown.drop("/fake/dog_64x48.png");
  CHECK(shown.live_image() == "dog_64x48.png");
  CHECK(shown.kept_image() == "cat_64x48.png");
  CHECK(shown.view.visible("kept/sheet/channel/0"));
  CHECK(shown.view.visible("sheet/channel/0"));
}

TEST_CASE("what both halves show begins at one height, whatever their heads say", "[ui]") {
  Shown shown(ViewKind::groups, "image");
  shown.view.press(ui::Key::b);
  shown.drop("/fake/wordy.pt");
  REQUIRE(shown.view.visible("image"));
  REQUIRE(shown.view.visible("kept/image"));
  CHECK(shown.mark("image").from.y == shown.mark("kept/image").from.y);
}

TEST_CASE("what is set afterwards is set on the right alone", "[ui]") {
  Shown shown;
  shown.view.click("rail/keep beside");
  shown.view.move_away();
  shown.view.press(ui::Key::m);
  CHECK(shown.view.state().sheet.sort != shown.kept().sheet.sort);
  shown.view.press(ui::Key::three);
  shown.wait_for("grid/mid");
  CHECK(shown.kept().selection.view == ViewKind::sheet);
  CHECK(shown.view.visible("kept/sheet/channel/0"));
  CHECK_FALSE(shown.view.visible("sheet/channel/0"));
  // Nothing of the kept view can be set.
  CHECK(shown.view.workbench().marks().names("kept/stage/sort/").empty());
  shown.view.press(ui::Key::t);
  CHECK(shown.kept().theme == ui::ThemeChoice::dark);
}

TEST_CASE("b again, the button, or Escape when nothing is pinned release the kept view", "[ui]") {
  Shown shown;
  shown.view.press(ui::Key::b);
  shown.view.press(ui::Key::b);
  CHECK_FALSE(shown.view.state().kept);
  shown.view.press(ui::Key::b);
  shown.view.click("beside/release");
  CHECK_FALSE(shown.view.state().kept);
  shown.view.click("sheet/channel/5");
  shown.view.press(ui::Key::b);
  shown.view.press(ui::Key::escape);
  CHECK(shown.view.state().kept);
  CHECK_FALSE(shown.live().pinned.channel);
  CHECK_FALSE(shown.kept().selection.pinned.channel);
  shown.view.press(ui::Key::escape);
  CHECK_FALSE(shown.view.state().kept);
  CHECK_FALSE(shown.view.visible("kept/sheet/channel/0"));
}

TEST_CASE("what is hovered in one half is marked in both", "[ui]") {
  Shown shown;
  shown.view.press(ui::Key::b);
  shown.drop("/fake/dog_64x48.png");
  shown.view.hover("sheet/channel/7");
  CHECK(shown.live().hovered_in("mid") == 7);
  CHECK(shown.kept().selection.hovered_in("mid") == 7);
  shown.view.hover("kept/sheet/channel/4");
  CHECK(shown.live().hovered_in("mid") == 4);
  CHECK(shown.kept().selection.hovered_in("mid") == 4);
  shown.view.hover("kept/image", {2.5f / 4, 1.5f / 4});
  CHECK(shown.live().hovered.place == ui::place_of("mid", {1, 2}, 4, 4));
  shown.view.move_away();
  CHECK(shown.live().hovered == ui::Hovered{});
  CHECK(shown.kept().selection.hovered == ui::Hovered{});
}

TEST_CASE("a click in either half pins in both", "[ui]") {
  Shown shown;
  shown.view.press(ui::Key::b);
  shown.view.click("kept/sheet/channel/4");
  CHECK(shown.live().pinned_in("mid") == 4);
  CHECK(shown.kept().selection.pinned_in("mid") == 4);
  shown.view.click("image", {2.5f / 4, 1.5f / 4});
  CHECK(shown.kept().selection.pinned.place == ui::place_of("mid", {1, 2}, 4, 4));
  shown.view.press(ui::Key::z, true);
  CHECK_FALSE(shown.kept().selection.pinned.place);
  shown.view.click("rail/class/0");
  CHECK(shown.kept().selection.objective == shown.live().objective);
}

TEST_CASE("groups of two pictures are others: they are hovered and pinned where they are", "[ui]") {
  Shown shown(ViewKind::groups, "groups/0");
  shown.view.press(ui::Key::b);
  shown.settle();
  shown.view.hover("groups/1");
  CHECK(shown.live().hovered.group == ui::GroupRef{"mid", 1});
  CHECK_FALSE(shown.kept().selection.hovered.group);
  shown.view.click("kept/groups/2");
  CHECK(shown.kept().selection.pinned.group == ui::GroupRef{"mid", 2});
  CHECK_FALSE(shown.live().pinned.group);
  shown.view.move_away();
  shown.view.press(ui::Key::escape);
  CHECK_FALSE(shown.kept().selection.pinned.group);
  CHECK(shown.view.state().kept);
}

TEST_CASE("both halves are on one scale where scales are locked", "[ui]") {
  Shown shown;
  CHECK(shown.scales() == std::set<float>{12});
  shown.view.press(ui::Key::b);
  shown.drop("/fake/bright_64x48.png");
  CHECK(shown.scales() == std::set<float>{24});
  ui::AttributionOptions options = shown.view.state().attribution;
  options.one_scale = false;
  shown.view.workbench().act(ui::action::SetAttribution{options});
  shown.settle();
  CHECK(shown.scales() == std::set<float>{12, 24});
}

TEST_CASE("every view with scales shares them with itself of another picture, and says so", "[ui]") {
  const auto [kind, there] =
      GENERATE(table<ViewKind, std::string>({{ViewKind::dictionary, "dictionary/whole"},
                                             {ViewKind::grids, "grid/mid"},
                                             {ViewKind::spatial, "grid/mid"},
                                             {ViewKind::channels, "channels/mid/10"},
                                             {ViewKind::comparison, "image"},
                                             {ViewKind::groups, "groups/0"},
                                             {ViewKind::flows, "flows/ribbon/0/0/0"},
                                             {ViewKind::cube, "cube/front"},
                                             {ViewKind::sheet, "sheet/channel/0"},
                                             {ViewKind::space, "space/drawn/0"}}));
  Shown shown(kind, there);
  INFO(there << " of view " << int(kind));
  shown.view.press(ui::Key::b);
  shown.drop("/fake/bright_64x48.png");
  shown.wait_for("kept/" + there);
  CHECK(shown.view.visible("beside/scale/together"));
  ui::AttributionOptions options = shown.view.state().attribution;
  options.one_scale = false;
  shown.view.workbench().act(ui::action::SetAttribution{options});
  shown.settle();
  CHECK(shown.view.visible("beside/scale/apart"));
}

TEST_CASE("what has no scale, or one of its own, is said to", "[ui]") {
  Shown shown(ViewKind::overview, "image");
  shown.view.press(ui::Key::b);
  shown.settle();
  CHECK(shown.view.visible("beside/scale/nothing"));
  shown.view.press(ui::Key::b);
  // Components of another picture are others.
  shown.view.workbench().act(ui::action::ChooseView{ViewKind::grids});
  shown.view.workbench().act(ui::action::SetGrids{{ui::CellSize::whole, ui::CellContent::components}});
  shown.settle();
  shown.view.press(ui::Key::b);
  shown.drop("/fake/bright_64x48.png");
  CHECK(shown.view.visible("beside/scale/apart"));
  // Flows and channels are other quantities.
  shown.view.press(ui::Key::zero);
  shown.settle();
  CHECK(shown.view.visible("beside/scale/apart"));
}

TEST_CASE("flows beside each other draw equal magnitudes equally high", "[ui]") {
  Shown shown(ViewKind::flows, "flows/ribbon/0/0/0");
  shown.view.press(ui::Key::b);
  shown.drop("/fake/bright_64x48.png");
  const auto height_of_groups = [&](const std::string& half) {
    float sum = 0;
    for (int group = 0; group < 6; ++group) {
      const ui::Rect node = shown.mark(half + "flows/mid/" + std::to_string(group));
      sum += node.height();
    }
    return sum;
  };
  // Twice the activations are twice as high, beyond the least height of each.
  CHECK(height_of_groups("kept/") < 0.8f * height_of_groups(""));
  ui::AttributionOptions options = shown.view.state().attribution;
  options.one_scale = false;
  shown.view.workbench().act(ui::action::SetAttribution{options});
  shown.settle();
  CHECK(height_of_groups("kept/") == Approx(height_of_groups("")).epsilon(0.02));
}

TEST_CASE("maps of groups beside each other are on one scale", "[ui]") {
  Shown shown(ViewKind::groups, "groups/0");
  shown.view.click("groups/1");
  shown.view.move_away();
  shown.view.press(ui::Key::b);
  shown.drop("/fake/bright_64x48.png");
  REQUIRE(shown.live().pinned.group);
  REQUIRE(shown.kept().selection.pinned.group);
  // Maps of the groups, and of what is in none.
  const auto scales = [&](int channels) {
    std::set<float> found;
    for (const auto& asked : shown.view.textures().atlases())
      if (asked.cube->channels == channels && asked.scale.map == render::ColorMap::veil)
        found.insert(asked.scale.high);
    return found;
  };
  CHECK(scales(6).size() == 1);
  CHECK(scales(1).size() == 1);
  ui::AttributionOptions options = shown.view.state().attribution;
  options.one_scale = false;
  shown.view.workbench().act(ui::action::SetAttribution{options});
  shown.settle();
  CHECK(scales(6).size() == 2);
  CHECK(scales(1).size() == 2);
}

TEST_CASE("another network keeps what is selected, and channels know their match in it", "[ui]") {
  Shown shown;
  shown.view.click("rail/layer/low");
  shown.wait_for("sheet/channel/5");
  shown.view.click("sheet/channel/2");
  shown.view.move_away();
  shown.view.press(ui::Key::b);
  shown.drop("/fake/other.pt");
  CHECK(shown.live().layer == "low");
  CHECK(shown.live().pinned_in("low") == 2);
  CHECK(shown.kept().model->file.path.filename() == "net.pt");
  CHECK(shown.view.state().model->file.path.filename() == "other.pt");
  CHECK_FALSE(shown.session.attributions().has_asked("match low"));
  shown.view.hover("sheet/channel/3");
  CHECK(shown.view.visible("hover card"));
  shown.settle();
  CHECK(shown.session.attributions().has_asked("match low"));
  // Both halves ask the same question.
  const auto query = ui::match_query(shown.view.state(), shown.kept(), shown.engine, "low");
  REQUIRE(query);
  CHECK(shown.engine.peek(*query).ready());
  CHECK(query->images.size() == 1);
  shown.view.hover("kept/sheet/channel/3");
  shown.settle();
  CHECK(std::ranges::count(shown.session.attributions().asked(), "match low") == 1);
}

TEST_CASE("there is nothing to match in the same network", "[ui]") {
  Shown shown;
  shown.view.press(ui::Key::b);
  shown.drop("/fake/dog_64x48.png");
  shown.view.hover("sheet/channel/3");
  shown.settle();
  CHECK_FALSE(ui::match_query(shown.view.state(), shown.kept(), shown.engine, "mid"));
  CHECK_FALSE(shown.session.attributions().has_asked("match mid"));
}

TEST_CASE("Shift and b show the network without the pinned channel beside what it was", "[ui]") {
  Shown shown;
  CHECK_FALSE(shown.view.visible("rail/without it"));
  shown.view.press(ui::Key::b, false, true);  // nothing is pinned
  CHECK_FALSE(shown.view.state().kept);
  shown.view.click("sheet/channel/7");
  CHECK(shown.view.visible("rail/without it"));
  shown.view.press(ui::Key::b, false, true);
  shown.settle();
  const auto& removal = shown.view.state().model->without;
  REQUIRE(removal);
  CHECK(removal->name == "channel 7 of mid");
  CHECK(removal->layer == "mid");
  CHECK(removal->atoms == attribution::Atoms(attribution::ChosenChannels{{7}}));
  CHECK_FALSE(shown.kept().model->without);
  CHECK(shown.live().pinned_in("mid") == 7);
  CHECK(shown.view.visible("kept/sheet/channel/0"));
  // Released, the network has it again.
  shown.view.press(ui::Key::b);
  shown.settle();
  CHECK_FALSE(shown.view.state().model->without);
  CHECK(shown.live().pinned_in("mid") == 7);
}

TEST_CASE("positions and groups can be done without too", "[ui]") {
  Shown shown;
  shown.view.click("image", {2.5f / 4, 1.5f / 4});
  shown.view.click("rail/without it");
  shown.settle();
  REQUIRE(shown.view.state().model->without);
  CHECK(shown.view.state().model->without->atoms ==
        attribution::Atoms(attribution::ChosenPositions{{{1, 2}}}));

  Shown grouped(ViewKind::groups, "groups/0");
  grouped.view.click("groups/1");
  grouped.view.press(ui::Key::b, false, true);
  grouped.settle();
  const auto& removal = grouped.view.state().model->without;
  REQUIRE(removal);
  CHECK(removal->name == "group 2 of mid");
  const auto* cubes = std::get_if<attribution::GroupCubes>(&removal->atoms);
  REQUIRE(cubes);
  CHECK(cubes->groups.size() == 1);
  CHECK(grouped.kept().selection.pinned.group == ui::GroupRef{"mid", 1});
  CHECK_FALSE(grouped.live().pinned.group);
}

TEST_CASE("a network without something is written as a figure, not as a script", "[ui]") {
  Shown shown;
  shown.view.click("sheet/channel/7");
  shown.view.press(ui::Key::b, false, true);
  shown.settle();
  shown.view.workbench().act(ui::action::Export{"/fake/out.png"});
  CHECK(shown.view.state().exports.running);
  shown.view.workbench().act(ui::action::CancelExport{});
  shown.view.workbench().act(ui::action::Export{"/fake/out.py", ui::ExportKind::python});
  CHECK_FALSE(shown.view.state().exports.running);
  REQUIRE(shown.view.state().messages.size() == 1);
  CHECK(shown.view.state().messages[0].text.find("channel 7 of mid") != std::string::npos);
}

TEST_CASE("one key shows what the network does without a group, beside what is predicted", "[ui]") {
  Shown shown(ViewKind::groups, "groups/0");
  shown.view.hover("groups/1");
  shown.view.press(ui::Key::a);
  shown.wait_for("change/2");
  shown.settle();
  CHECK(shown.session.attributions().has_asked("ablate mid"));
}

TEST_CASE("every view stands beside every view, at any size", "[ui]") {
  for (const ImVec2 size : {ImVec2{320, 200}, ImVec2{1440, 900}}) {
    FakeSession session;
    engine::Engine engine;
    session.serve(engine);
    Headless view(engine, test::chosen("cat_64x48.png", "net.pt"), size);
    REQUIRE(view.settle());
    for (int kind = 0; kind <= int(ViewKind::space); ++kind) {
      view.workbench().act(ui::action::ChooseView{ViewKind(kind)});
      REQUIRE(view.settle());
      view.workbench().act(
          ui::action::KeepBeside{engine.peek(session::OpenModel{*view.state().model}).value});
      for (int now = 0; now <= int(ViewKind::space); ++now) {
        view.workbench().act(ui::action::ChooseView{ViewKind(now)});
        view.frames(2);
        CHECK(view.state().kept->state().selection.view == ViewKind(kind));
      }
      CHECK(view.settle());
      view.workbench().act(ui::action::Release{});
    }
  }
}

namespace {

model::ModelCard card(std::vector<std::string> layers, int classes) {
  model::ModelCard made;
  made.classes = classes;
  for (const std::string& name : layers) {
    model::LayerInfo layer;
    layer.name = name;
    layer.height = layer.width = 4;
    layer.channels = 8;
    made.layers.push_back(layer);
  }
  return made;
}

ui::AppState opened_and_kept(const model::ModelCard& of) {
  ui::AppState state;
  update(state, ui::action::OpenImage{"cat.png"});
  update(state, ui::action::ImageOpened{});
  update(state, ui::action::OpenModel{"net.pt"});
  update(state, ui::action::ModelOpened{of});
  update(state, ui::action::PinChannel{{"b", 3}});
  update(state, ui::action::ChooseClass{2, false, std::nullopt});
  update(state, ui::action::KeepBeside{std::make_shared<const model::ModelCard>(of)});
  return state;
}

}  // namespace

TEST_CASE("a network with other layers and classes shares neither", "[ui]") {
  ui::AppState state = opened_and_kept(card({"a", "b"}, 5));
  update(state, ui::action::OpenModel{"other.pt"});
  update(state, ui::action::ModelOpened{card({"x", "y"}, 4)});
  CHECK(state.selection.layer == "y");
  CHECK_FALSE(state.selection.pinned.channel);
  CHECK_FALSE(state.selection.objective);
  REQUIRE(state.kept);
  CHECK(state.kept->state().selection.pinned_in("b") == 3);
  CHECK(state.kept->state().selection.objective == ui::ObjectiveChoice{2, std::nullopt});

  update(state, ui::action::ChooseClass{1, false, std::nullopt});
  update(state, ui::action::PinChannel{{"x", 1}});
  update(state, ui::action::Hover{{ui::ChannelRef{"x", 1}, ui::Place{"x", 0.5f, 0.5f}, 1, std::nullopt}});
  CHECK(state.kept->state().selection.objective == ui::ObjectiveChoice{2, std::nullopt});
  CHECK(state.kept->state().selection.pinned_in("b") == 3);
  CHECK(state_of_kept(state).selection.hovered == ui::Hovered{});
}

TEST_CASE("another model or figure that cannot be opened leaves both halves as they were", "[ui]") {
  ui::AppState state = opened_and_kept(card({"a", "b"}, 5));
  update(state, ui::action::OpenModel{"broken.pt"});
  update(state, ui::action::ModelFailed{"broken.pt: no model"});
  CHECK(state.kept);
  CHECK(state.selection.pinned_in("b") == 3);
}

TEST_CASE("nothing is kept before anything is open", "[ui]") {
  ui::AppState state;
  update(state, ui::action::KeepBeside{std::make_shared<const model::ModelCard>(card({"a"}, 2))});
  CHECK_FALSE(state.kept);
  update(state, ui::action::HoverKept{});
  update(state, ui::action::PinKeptGroup{{"a", 0}});
  update(state, ui::action::Release{});
  CHECK_FALSE(state.kept);
}

TEST_CASE("a scale is the greatest of those that share it, and shrinks a frame later", "[ui]") {
  using ui::Half;
  ui::SharedScales scales;
  CHECK(scales.agree("length", 2, Half::kept) == 2);
  CHECK(scales.agree("length", 5, Half::now) == 5);
  CHECK(scales.agree("weight", 1, Half::now) == 1);
  CHECK(scales.next_frame(true));
  CHECK(scales.agree("length", 2, Half::kept) == 5);
  CHECK(scales.agree("length", 5, Half::now) == 5);
  CHECK(scales.agree("weight", 1, Half::now) == 1);
  CHECK_FALSE(scales.next_frame(true));
  CHECK(scales.agree("length", 2, Half::kept) == 5);
  CHECK(scales.agree("weight", 1, Half::now) == 1);
  CHECK(scales.next_frame(true));
  CHECK(scales.agree("length", 2, Half::kept) == 2);
}

TEST_CASE("scales know whether the halves share them", "[ui]") {
  using ui::Half, ui::Sharing;
  ui::SharedScales scales;
  const auto next = [&](bool locked = true) {
    scales.next_frame(locked);
    return scales.sharing();
  };
  CHECK(next() == Sharing::nothing);
  scales.agree("length", 2, Half::kept);
  CHECK(next() == Sharing::apart);
  scales.agree("length", 2, Half::kept);
  scales.agree("length", 3, Half::now);
  CHECK(next() == Sharing::together);
  scales.agree("length", 2, Half::kept);
  scales.agree("length", 3, Half::now);
  scales.agree("weight", 3, Half::now);
  CHECK(next() == Sharing::partly);
  scales.agree("length", 2, Half::kept);
  scales.agree("length", 3, Half::now);
  scales.on_own_scale(Half::kept);
  scales.on_own_scale(Half::now);
  CHECK(next() == Sharing::partly);
  scales.on_own_scale(Half::kept);
  scales.on_own_scale(Half::now);
  CHECK(next() == Sharing::apart);
  // Where they are not locked, each has its own.
  CHECK(next(false) == Sharing::nothing);
  CHECK(scales.agree("length", 2, Half::kept) == 2);
  CHECK(scales.agree("length", 3, Half::now) == 3);
  CHECK(next(false) == Sharing::apart);
  CHECK(scales.agree("length", 2, Half::kept) == 2);
}

}  // namespace tessera::test::compare_test
