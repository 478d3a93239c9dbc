#include "ui/state/update.h"

#include <algorithm>

#include "support/catch.h"

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

TEST_CASE("a chosen image is shown only once it has opened") {
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

TEST_CASE("a failing model leaves model, layer and pins as they were") {
  AppState state = with_open_model({"b"});
  update(state, action::PinChannel{3});
  update(state, action::OpenModel{"bad.pt"});
  update(state, action::ModelFailed{"bad.pt: no model"});
  CHECK(state.model->file.path.filename() == "net.pt");
  CHECK(state.selection.layer == "b");
  CHECK(state.selection.pinned_channel == 3);
}

TEST_CASE("the middle suggested layer is shown first, else the last layer") {
  CHECK(with_open_model({"a", "b", "c", "d"}).selection.layer == "c");
  CHECK(with_open_model({"c"}).selection.layer == "c");
  CHECK(with_open_model({}).selection.layer == "d");
}

TEST_CASE("another layer forgets what was hovered and pinned in the one before") {
  AppState state = with_open_model({"b"});
  update(state, action::PinChannel{3});
  update(state, action::PinPosition{{1, 2}});
  update(state, action::HoverChannel{5});
  update(state, action::SelectLayer{"c"});
  CHECK_FALSE(state.selection.channel());
  CHECK_FALSE(state.selection.position());
  CHECK(state.selection.layer == "c");
}

TEST_CASE("pinning again unpins, and hovering goes before the pin") {
  AppState state = with_open_model({"b"});
  update(state, action::PinChannel{3});
  update(state, action::HoverChannel{4});
  CHECK(state.selection.channel() == 4);
  update(state, action::HoverChannel{std::nullopt});
  CHECK(state.selection.channel() == 3);
  update(state, action::PinChannel{3});
  CHECK_FALSE(state.selection.channel());
  update(state, action::PinPosition{{1, 1}});
  update(state, action::PinChannel{2});
  update(state, action::Unpin{});
  CHECK_FALSE(state.selection.channel());
  CHECK_FALSE(state.selection.position());
}

TEST_CASE("a model that does not say how it wants its images asks once") {
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

TEST_CASE("recent files are unique, newest first and few") {
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

TEST_CASE("one sentence is said once and can be dismissed") {
  AppState state;
  update(state, action::ShowMessage{MessageKind::error, "no"});
  update(state, action::ShowMessage{MessageKind::error, "no"});
  REQUIRE(state.messages.size() == 1);
  update(state, action::DismissMessage{state.messages[0].id});
  CHECK(state.messages.empty());
}

TEST_CASE("the size of maps stays within bounds") {
  AppState state;
  SheetOptions options;
  options.tile = 9000;
  update(state, action::SetSheet{options});
  CHECK(state.sheet.tile == 256);
  options.tile = 0;
  update(state, action::SetSheet{options});
  CHECK(state.sheet.tile == 24);
}

TEST_CASE("a preprocessing that was chosen once is used again for the same model, without a question") {
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
