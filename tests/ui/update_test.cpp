#include "ui/state/update.h"

#include <algorithm>

#include "support/catch.h"

namespace tessera::test::update_test {

using namespace tessera;
using namespace tessera::ui;

namespace {

model::ModelCard card(std::initializer_list<const char*> suggested) {
  model::ModelCard made;
  for (const char* name : {"input", "a", "b", "c", "d"}) {
    model::LayerInfo layer;
    layer.name = name;
    for (const char* wanted : suggested) layer.suggested = layer.suggested || layer.name == wanted;
    made.layers.push_back(layer);
  }
  return made;
}

AppState with_open_model(std::initializer_list<const char*> suggested) {
  AppState state;
  update(state, action::OpenModel{"net.pt"});
  update(state, action::ModelOpened{card(suggested)});
  return state;
}

}  // namespace

TEST_CASE("a chosen image is shown only once it has opened", "[ui]") {
  AppState state;
  update(state, action::OpenImage{"first.png"});
  CHECK_FALSE(state.image);
  update(state, action::ImageOpened{});
  REQUIRE(state.image);
  CHECK(state.image->file.path.filename() == "first.png");
  CHECK(state.recent_images.size() == 1);

  update(state, action::OpenImage{"broken.png"});
  update(state, action::ImageFailed{"broken.png: no image"});
  CHECK(state.image->file.path.filename() == "first.png");
  CHECK_FALSE(state.pending_image);
  REQUIRE(state.messages.size() == 1);
  CHECK(state.messages[0].text == "broken.png: no image");
  CHECK(state.recent_images.size() == 1);
}

TEST_CASE("a failing model leaves model, layer and pins as they were", "[ui]") {
  AppState state = with_open_model({"b"});
  update(state, action::PinChannel{{"b", 3}});
  update(state, action::OpenModel{"bad.pt"});
  update(state, action::ModelFailed{"bad.pt: no model"});
  CHECK(state.model->file.path.filename() == "net.pt");
  CHECK(state.selection.layer == "b");
  CHECK(state.selection.pinned_in("b") == 3);
}

TEST_CASE("the middle suggested layer is shown first, else the last layer", "[ui]") {
  CHECK(with_open_model({"a", "b", "c", "d"}).selection.layer == "c");
  CHECK(with_open_model({"c"}).selection.layer == "c");
  CHECK(with_open_model({}).selection.layer == "d");
}

TEST_CASE("another layer forgets what was hovered and keeps what is pinned", "[ui]") {
  AppState state = with_open_model({"b"});
  const Place ear{"b", 0.25f, 0.5f};
  update(state, action::PinChannel{{"b", 3}});
  update(state, action::PinPlace{ear});
  update(state, action::Hover{{ChannelRef{"b", 5}, std::nullopt, std::nullopt, std::nullopt}});
  update(state, action::SelectLayer{"c"});
  CHECK_FALSE(state.selection.hovered.channel);
  CHECK(state.selection.pinned_in("b") == 3);
  CHECK_FALSE(state.selection.channel_in("c"));
  CHECK(state.selection.place() == ear);
}

TEST_CASE("a place is the cell it was made of, and the cell around it in other layers", "[ui]") {
  const Place place = place_of("b", {1, 2}, 4, 4);
  CHECK(cell_of(place, 4, 4) == Position{1, 2});
  CHECK(cell_of(place, 2, 2) == Position{0, 1});
  CHECK(cell_of(place, 8, 8) == Position{3, 5});
  CHECK(cell_of(place, 1, 1) == Position{0, 0});
  CHECK(cell_of({"b", 1, 1}, 4, 4) == Position{3, 3});
  for (int side : {7, 14, 28, 56, 112, 224})
    for (int i = 0; i < side; ++i) CHECK(cell_of(place_of("", {i, 0}, side, side), side, side).y == i);
}

TEST_CASE("pinning again unpins, and hovering goes before the pin", "[ui]") {
  AppState state = with_open_model({"b"});
  const auto hover = [&](std::optional<ChannelRef> channel) {
    update(state, action::Hover{{channel, std::nullopt, std::nullopt, std::nullopt}});
  };
  update(state, action::PinChannel{{"b", 3}});
  hover(ChannelRef{"b", 4});
  CHECK(state.selection.channel_in("b") == 4);
  hover(std::nullopt);
  CHECK(state.selection.channel_in("b") == 3);
  update(state, action::PinChannel{{"c", 3}});
  CHECK(state.selection.channel_in("c") == 3);
  update(state, action::PinChannel{{"c", 3}});
  CHECK_FALSE(state.selection.channel());
  update(state, action::PinPlace{{"b", 0.5f, 0.5f}});
  update(state, action::PinChannel{{"b", 2}});
  update(state, action::Unpin{});
  CHECK_FALSE(state.selection.channel());
  CHECK_FALSE(state.selection.place());
}

TEST_CASE("a click explains a class, with Ctrl it is compared with, and again undoes either", "[ui]") {
  AppState state = with_open_model({"b"});
  const ObjectiveChoice likeliest{7, std::nullopt};
  update(state, action::ChooseClass{3, false, likeliest});
  CHECK(state.selection.objective == ObjectiveChoice{3, std::nullopt});
  update(state, action::ChooseClass{5, true, state.selection.objective});
  CHECK(state.selection.objective == ObjectiveChoice{3, 5});
  update(state, action::ChooseClass{3, true, state.selection.objective});  // with itself: nothing to compare
  CHECK(state.selection.objective == ObjectiveChoice{3, 5});
  update(state, action::ChooseClass{5, true, state.selection.objective});
  CHECK(state.selection.objective == ObjectiveChoice{3, std::nullopt});
  update(state, action::ChooseClass{3, false, state.selection.objective});
  CHECK_FALSE(state.selection.objective);
  update(state, action::ChooseClass{5, true, likeliest});  // with the one that the verdict chose
  CHECK(state.selection.objective == ObjectiveChoice{7, 5});
}

TEST_CASE("what was selected can be undone and done again", "[ui]") {
  AppState state = with_open_model({"b"});
  update(state, action::Undo{});  // the model that was opened is no step
  CHECK(state.selection.layer == "b");
  update(state, action::PinChannel{{"b", 3}});
  update(state, action::ChooseView{ViewKind::sheet});
  update(state, action::Hover{{ChannelRef{"b", 4}, std::nullopt, std::nullopt, std::nullopt}});
  update(state, action::SelectLayer{"c"});
  update(state, action::Undo{});
  CHECK(state.selection.layer == "b");
  CHECK(state.selection.view == ViewKind::sheet);
  CHECK_FALSE(state.selection.hovered.channel);
  update(state, action::Undo{});
  update(state, action::Undo{});
  CHECK_FALSE(state.selection.pinned.channel);
  update(state, action::Undo{});  // nothing left: nothing happens
  update(state, action::Redo{});
  CHECK(state.selection.pinned_in("b") == 3);
  update(state, action::SelectLayer{"d"});  // another way on: what was undone is gone
  update(state, action::Redo{});
  CHECK(state.selection.layer == "d");
}

TEST_CASE("the layers shown side by side start from those suggested, and one stays", "[ui]") {
  AppState state = with_open_model({"b"});
  update(state, action::ToggleShownLayer{"c", {"b"}});
  CHECK(state.selection.layers == std::vector<std::string>{"b", "c"});
  update(state, action::ToggleShownLayer{"b", state.selection.layers});
  CHECK(state.selection.layers == std::vector<std::string>{"c"});
  update(state, action::ToggleShownLayer{"c", state.selection.layers});
  CHECK(state.selection.layers == std::vector<std::string>{"c"});
}

TEST_CASE("a selection from elsewhere is restored as far as the model has it", "[ui]") {
  AppState state;
  Selection wanted;
  wanted.view = ViewKind::sheet;
  wanted.layer = "c";
  wanted.layers = {"a", "gone", "d"};
  wanted.pinned.channel = ChannelRef{"c", 1};
  wanted.objective = ObjectiveChoice{1, 99};
  state.restored = wanted;
  update(state, action::OpenModel{"net.pt"});
  auto opened = card({"b"});
  opened.classes = 3;
  opened.layers[3].channels = 2;
  update(state, action::ModelOpened{opened});
  CHECK(state.selection.view == ViewKind::sheet);
  CHECK(state.selection.layer == "c");
  CHECK(state.selection.layers == std::vector<std::string>{"a", "d"});
  CHECK(state.selection.pinned_in("c") == 1);
  CHECK(state.selection.objective == ObjectiveChoice{1, std::nullopt});
  CHECK_FALSE(state.restored);
}

TEST_CASE("a model that does not say how it wants its images asks once", "[ui]") {
  AppState state;
  update(state, action::OpenModel{"net.pt"});
  auto unsure = card({"a"});
  unsure.preprocessing_source = model::PreprocessingSource::assumed;
  update(state, action::ModelOpened{unsure});
  CHECK(state.overlay == Overlay::preprocessing);

  model::Preprocessing given;
  given.range = 255;
  update(state, action::SelectLayer{"c"});
  update(state, action::SetPreprocessing{given});
  CHECK(state.overlay == Overlay::none);
  REQUIRE(state.pending_model);
  CHECK(state.pending_model->preprocessing == given);
  update(state, action::ModelOpened{unsure});
  CHECK(state.overlay == Overlay::none);
  CHECK(state.selection.layer == "c");  // the same file: the user stays where they were
}

TEST_CASE("recent files are unique, newest first and few", "[ui]") {
  AppState state;
  for (int i = 0; i < 12; ++i) {
    update(state, action::OpenImage{"image" + std::to_string(i) + ".png"});
    update(state, action::ImageOpened{});
  }
  update(state, action::OpenImage{"image7.png"});
  update(state, action::ImageOpened{});
  CHECK(state.recent_images.size() == 8);
  CHECK(state.recent_images.front().filename() == "image7.png");
  CHECK(std::count_if(state.recent_images.begin(), state.recent_images.end(),
                      [](const auto& file) { return file.filename() == "image7.png"; }) == 1);
}

TEST_CASE("one sentence is said once and can be dismissed", "[ui]") {
  AppState state;
  update(state, action::ShowMessage{MessageKind::error, "no"});
  update(state, action::ShowMessage{MessageKind::error, "no"});
  REQUIRE(state.messages.size() == 1);
  update(state, action::DismissMessage{state.messages[0].id});
  CHECK(state.messages.empty());
}

TEST_CASE("the size of maps stays within bounds", "[ui]") {
  AppState state;
  SheetOptions options;
  options.tile = 9000;
  update(state, action::SetSheet{options});
  CHECK(state.sheet.tile == 256);
  options.tile = 0;
  update(state, action::SetSheet{options});
  CHECK(state.sheet.tile == 24);
}

TEST_CASE("a preprocessing that was chosen once is used again for the same model, without a question",
          "[ui]") {
  auto unsure = card({"a"});
  unsure.preprocessing_source = model::PreprocessingSource::assumed;
  unsure.hash = "00ff";
  AppState state;
  update(state, action::OpenModel{"/net.pt"});
  update(state, action::ModelOpened{unsure});
  REQUIRE(state.overlay == Overlay::preprocessing);
  const model::Preprocessing chosen = model::preprocessing_from_text("inception");
  update(state, action::SetPreprocessing{chosen});
  CHECK(state.known_preprocessing.at("00ff") == chosen);

  AppState later;
  later.known_preprocessing = state.known_preprocessing;
  update(later, action::OpenModel{"/moved/net.pt"});
  update(later, action::ModelOpened{unsure});
  CHECK(later.overlay == Overlay::none);
  REQUIRE(later.pending_model);
  CHECK(later.pending_model->preprocessing == chosen);
}

}  // namespace tessera::test::update_test
