// What stands in for integrated gradients while they are on their way can be taken for nothing else: no
// colours of signs, no sums, "≈" before every number, and a line that says so.
#include <algorithm>
#include <thread>

#include "figure/combinations.h"
#include "support/catch.h"
#include "ui/figures/figure_page.h"
#include "ui/figures/figure_views.h"
#include "ui/shown.h"
#include "ui/widgets/answer_status.h"
#include "ui/widgets/provisional.h"
#include "ui/widgets/signed_bar.h"
#include "ui/widgets/text.h"

namespace tessera::test::provisional_test {

using namespace tessera;
using ui::ViewKind;

namespace {

// By gradient × activation, all there; then integrated gradients are asked for, and held back.
struct Standing : test::Shown {
  ui::Drawn drawn;

  Standing(ViewKind kind, const std::string& there) : test::Shown(linear(kind), there) { settle(); }

  static ui::AppState linear(ViewKind kind) {
    ui::AppState state = chosen("cat_64x48.png", "net.pt", kind);
    state.attribution.method = ui::AttributionMethod::linear;
    return state;
  }
  void ask_for_paths() {
    session.gate().hold({", in full"});
    ui::AttributionOptions options = view.state().attribution;
    options.method = ui::AttributionMethod::path;
    view.workbench().act(ui::action::SetAttribution{options});
    view.workbench().record(&drawn);
    view.frames(5);
  }
  void let_them_come() {
    session.gate().hold({});
    settle();
  }

  // Corners of the last frame's shapes in a sign's colour, however transparent; without the marks of the
  // classes that are explained, which have those colours too.
  int signs() {
    const ui::Theme colors = ui::theme(view.state().theme);
    std::vector<ui::Rect> marks;
    for (const char* list : {"rail/class/", "overview/class/", "space/class/"})
      for (const std::string& name : view.workbench().marks().names(list))
        marks.push_back(*view.workbench().marks().find(name));
    const auto is_mark = [&](ImVec2 at) {
      return std::ranges::any_of(
          marks, [&](const ui::Rect& row) { return row.grown(1).contains(at) && at.x < row.from.x + 5; });
    };
    const ImU32 opaque = IM_COL32_A_MASK;
    int count = 0;
    const ImDrawData& data = *ImGui::GetDrawData();
    for (int i = 0; i < data.CmdListsCount; ++i)
      for (const ImDrawVert& corner : data.CmdLists[i]->VtxBuffer)
        if (((corner.col | opaque) == colors.plus || (corner.col | opaque) == colors.minus) &&
            !is_mark(corner.pos))
          ++count;
    return count;
  }
  int texts(const std::function<bool(const std::string&)>& are) const {
    return int(std::ranges::count_if(drawn.texts, [&](const ui::DrawnText& text) { return are(text.full); }));
  }
  int guesses() const {
    return texts(
        [](const std::string& text) { return text.starts_with("≈") && text.find("gradient") == text.npos; });
  }
  bool says(const std::string& part) const {
    return texts([&](const std::string& text) { return text.find(part) != text.npos; }) > 0;
  }
  int left_out() const {
    return texts([](const std::string& text) { return text.find("…") != text.npos; });
  }
  int maps_in(render::ColorMap map) const {
    return int(std::ranges::count_if(view.textures().atlases(),
                                     [&](const auto& asked) { return asked.scale.map == map; }));
  }
};

struct Case {
  ViewKind view;
  std::string there;  // a mark that says that it is
  bool has_numbers;
  std::string says;               // beneath it, meanwhile
  std::vector<std::string> kept;  // sums, in place of which "…" stands at first
};

}  // namespace

TEST_CASE("until integrated gradients are there, views show neither signs nor sums", "[ui]") {
  const std::string gradient = "gradient × activation, until integrated gradients are there";
  const std::string steps = "integrated gradients by 5 steps, until those by 20 are there";
  const std::string explains = "explains 100 % of the change";
  const Case cases[] = {
      {ViewKind::channels, "channels/mid/10", true, gradient, {explains}},
      {ViewKind::comparison, "comparison/10", true, gradient, {"All 12 channels: −", explains}},
      {ViewKind::groups, "groups/0", true, gradient, {}},
      {ViewKind::flows, "flows/ribbon/2/0/0", false, gradient, {}},
      {ViewKind::spatial, "grid/mid", false, steps, {}}};
  for (const Case& each : cases) {
    INFO(each.there);
    Standing standing(each.view, each.there);
    standing.ask_for_paths();
    standing.wait_for("provisional");
    CHECK(standing.view.visible(each.there));
    CHECK(standing.signs() == 0);
    CHECK((standing.guesses() > 0) == each.has_numbers);
    CHECK(standing.says(each.says));
    for (const std::string& sum : each.kept) CHECK_FALSE(standing.says(sum));
    CHECK_FALSE(standing.view.workbench().settled());
    const int left_out = standing.left_out();

    standing.let_them_come();
    CHECK((standing.signs() > 0) == (each.view != ViewKind::spatial));
    CHECK(standing.guesses() == 0);
    CHECK((standing.left_out() < left_out) == (each.view != ViewKind::spatial));
    CHECK_FALSE(standing.view.visible("provisional"));
    for (const std::string& sum : each.kept) CHECK(standing.says(sum));
  }
}

TEST_CASE("sums are drawn once they are final, what is the network's own before", "[ui]") {
  Standing standing(ViewKind::channels, "channels/mid/10");
  standing.ask_for_paths();
  // Of the last layer, to class 2: 400 from even channels, 420 from odd ones, three times each.
  const auto is = [](const char* wanted) {
    return [wanted](const std::string& text) { return text == wanted; };
  };
  CHECK(standing.texts(is("−60")) == 0);
  CHECK(standing.texts(is("−30")) == 0);
  const int left_out = standing.texts(is("…"));
  CHECK(standing.texts(is("−59.8")) == 1);
  CHECK(standing.texts(is("+0.25")) == 3);
  CHECK(standing.texts(is("≈+17")) == 1);  // channel 10: 11 × 3 / 2, in two digits
  standing.let_them_come();
  CHECK(standing.texts(is("−60")) == 1);
  CHECK(standing.texts(is("…")) == left_out - 3);  // one for each layer
  CHECK(standing.texts(is("−59.8")) == 1);
  CHECK(standing.texts(is("+33")) == 1);
}

TEST_CASE("the hues of positions are faint until they are of integrated gradients", "[ui]") {
  Standing standing(ViewKind::spatial, "grid/mid");
  const factorization::Hue hue = factorization::hue_of(0);
  const ImU32 color = IM_COL32(hue.red, hue.green, hue.blue, 255);
  const auto drawn = [&] {
    int count = 0;
    const ImDrawData& data = *ImGui::GetDrawData();
    for (int i = 0; i < data.CmdListsCount; ++i)
      for (const ImDrawVert& corner : data.CmdLists[i]->VtxBuffer) count += corner.col == color;
    return count;
  };
  CHECK(drawn() > 0);
  standing.ask_for_paths();
  const auto has_hues = [&] {
    return !standing.view.workbench().marks().names("spatial/factor/").empty() &&
           standing.view.visible("provisional");
  };
  REQUIRE(standing.view.frames_until(has_hues));
  CHECK(drawn() == 0);
  standing.let_them_come();
  CHECK(drawn() > 0);
}

TEST_CASE("what a hovered channel does to the classes is a guess at first, wherever it is told", "[ui]") {
  Standing standing(ViewKind::sheet, "sheet/channel/10");
  standing.view.hover("sheet/channel/10");
  standing.settle();
  standing.ask_for_paths();
  CHECK(standing.signs() == 0);
  CHECK(standing.guesses() >= 4);  // three classes in the rail, and the objective in the inspector
  CHECK(standing.says("Channel 10 may support"));
  standing.let_them_come();
  CHECK(standing.signs() > 0);
  CHECK(standing.guesses() == 0);
  CHECK(standing.says("Channel 10 supports"));

  Standing of_group(ViewKind::groups, "groups/0");
  of_group.view.hover("groups/0");
  of_group.settle();
  of_group.ask_for_paths();
  CHECK(of_group.signs() == 0);
  CHECK(of_group.says("Group 1 may support"));
  of_group.let_them_come();
  CHECK(of_group.signs() > 0);
  CHECK(of_group.guesses() == 0);
}

TEST_CASE("a predicted change without a channel has no colour of a sign before it is final", "[ui]") {
  Standing standing(ViewKind::sheet, "sheet/channel/11");
  standing.view.click("sheet/channel/11");
  standing.view.press(ui::Key::a);
  standing.wait_for("change/2");
  standing.settle();
  standing.ask_for_paths();
  // The bars are of what the network really does; the brackets around them only of what is predicted.
  const int before = standing.signs();
  standing.let_them_come();
  CHECK(standing.signs() > before);
}

TEST_CASE("a channel's contributions on the picture have no signs before they are final", "[ui]") {
  for (const bool picked : {false, true}) {
    Standing standing(ViewKind::channels, "channels/mid/10");
    ui::AttributionOptions options = standing.view.state().attribution;
    options.map = ui::ChannelMap::attribution;
    standing.view.workbench().act(ui::action::SetAttribution{options});
    if (picked)
      standing.view.workbench().act(ui::action::PickChannel{{"mid", 10}});
    else
      standing.view.workbench().act(ui::action::PinChannel{{"mid", 10}});
    standing.view.press(ui::Key::zero);
    standing.settle();
    standing.ask_for_paths();
    CHECK(standing.view.frames_until([&] { return standing.maps_in(render::ColorMap::neutral) > 0; }));
    CHECK(standing.maps_in(render::ColorMap::diverging) == 0);
    for (const render::ColorScale& bar : standing.view.textures().color_bars())
      CHECK(bar.map != render::ColorMap::diverging);
    standing.let_them_come();
    CHECK(standing.maps_in(render::ColorMap::diverging) > 0);
    CHECK(standing.maps_in(render::ColorMap::neutral) == 0);
  }
}

TEST_CASE("no figure of the design space shows signs before they are final", "[ui]") {
  int with_numbers = 0, with_signs = 0;
  for (const figure::Element& element : test::legal_combinations()) {
    if (element.content != figure::Content::attribution) continue;
    INFO(figure::describe(element));
    Standing standing(ViewKind::space, "space/cell/hidden/channel");
    standing.view.workbench().act(ui::action::SetSpec{{{element}, {}, {}}});
    standing.settle();
    standing.ask_for_paths();
    // In a balance the bias has its sign, which no method decides.
    const int signs = standing.signs();
    if (element.atoms != figure::Atoms::whole) CHECK(signs == 0);
    if (standing.view.visible("space/drawn/0") && standing.view.visible("provisional"))
      with_numbers += standing.guesses() > 0;
    standing.let_them_come();
    with_signs += standing.signs() > 0;
    if (element.atoms == figure::Atoms::whole) CHECK(signs < standing.signs());
    CHECK(standing.guesses() == 0);
  }
  CHECK(with_numbers >= 4);
  CHECK(with_signs >= 8);
}

TEST_CASE("a screenshot waits for what is final, not only for the engine", "[ui]") {
  Standing standing(ViewKind::channels, "channels/mid/10");
  standing.ask_for_paths();
  // Nothing is on its way just now, as where work was stopped, but what was drawn last is what stands in.
  while (standing.engine.busy()) std::this_thread::yield();
  CHECK_FALSE(standing.view.workbench().wants_frame());
  CHECK_FALSE(standing.view.workbench().settled());
  standing.let_them_come();
  CHECK(standing.view.workbench().settled());
}

TEST_CASE("where integrated gradients cannot be had, that is said, and nothing is written", "[ui]") {
  Standing standing(ViewKind::channels, "channels/mid/10");
  standing.ask_for_paths();
  standing.session.gate().hold({});
  standing.session.gate().fail({"path"});
  standing.settle();  // what will not come is not waited for
  CHECK(standing.says("integrated gradients are not to be had"));
  CHECK(standing.says("derivative of the operation is not known"));
  CHECK(standing.signs() == 0);

  render::Fonts fonts;
  fonts.small = fonts.body = fonts.strong = fonts.title = fonts.number = ImGui::GetIO().Fonts->Fonts[0];
  test::FakeTextures textures;
  ui::FigureStatus status;
  ImGui::NewFrame();
  standing.engine.begin_frame();
  status = ui::draw_figure(standing.view.state(), ui::drawn_view(standing.view.state(), "channels"),
                           {{800, 600}, ui::ThemeChoice::light, true, {}},
                           {standing.engine, textures, fonts, 1, nullptr});
  standing.engine.end_frame();
  ImGui::Render();
  CHECK(status.failure.find("derivative of the operation is not known") != std::string::npos);
}

TEST_CASE("provisional numbers have two digits", "[ui]") {
  const ui::Certainty guess{true};
  CHECK(ui::signed_number(2.813, guess) == "≈+2.8");
  CHECK(ui::signed_number(-1.114, guess) == "≈−1.1");
  CHECK(ui::signed_number(-1234.0, guess) == "≈−1200");
  CHECK(ui::signed_number(0, guess) == "≈0");
  CHECK(ui::signed_number(2.813) == "+2.81");
}

TEST_CASE("it is said how long something takes where that is more than ten seconds", "[ui]") {
  const auto left = [](float seconds, bool at_least = false) {
    return ui::time_left({0.5f, "sweeps", seconds}, at_least);
  };
  CHECK(ui::time_left({0.5f, "sweeps"}).empty());
  CHECK(left(10).empty());
  CHECK(left(12) == "about 10 s left");
  CHECK(left(41) == "about 40 s left");
  CHECK(left(88) == "about 90 s left");
  CHECK(left(135) == "about 2 min left");
  CHECK(left(7000) == "about 2 h left");
  CHECK(left(41, true) == "more than 40 s left");
}

TEST_CASE("the line about what is provisional tells of what is farthest, and that more is to come", "[ui]") {
  ui::ProvisionalNote note;
  note.add({});
  CHECK_FALSE(note.any());
  note.add({true, {0.2f, "sweeps", 60.0f}});
  note.add({true, {0.5f, "sweeps", 31.0f}});
  CHECK(note.is_awaited());
  CHECK(ui::provisional_text(note) ==
        "≈ gradient × activation, until integrated gradients are there: 50 %, about 30 s "
        "left. Signs and order may change");
  note.add({true, {}});  // waits for its turn
  CHECK(ui::provisional_text(note).find("more than 30 s left") != std::string::npos);
  note.begin_frame();
  note.add({true, {0.5f, "sweeps"}, nullptr, ui::StandIn::few_steps});
  CHECK(ui::provisional_text(note) ==
        "≈ integrated gradients by 5 steps, until those by 20 are there: 50 %. Signs and order may change");
  note.begin_frame();
  note.add({true, {}, std::make_shared<const Error>("it has no derivatives")});
  CHECK(note.any());
  CHECK_FALSE(note.is_awaited());
  CHECK(ui::provisional_text(note).find("it has no derivatives") != std::string::npos);
}

}  // namespace tessera::test::provisional_test
