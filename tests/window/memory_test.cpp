#include "app/window/memory.h"

#include "support/catch.h"

namespace tessera::test::memory_test {

using namespace tessera;
using namespace tessera::app;

namespace {

Settings remembered() {
  Settings settings;
  settings.recent_images = {"/a.png"};
  settings.recent_models = {"/m.pt"};
  settings.dark_theme = true;
  settings.window = {1000, 700};
  settings.panels.rail_width = 350;
  settings.panels.folded[0] = true;
  settings.preprocessing["00"] = {};
  return settings;
}

}  // namespace

TEST_CASE("a session starts as the last one ended", "[window]") {
  const ui::AppState state = state_from(remembered(), {});
  CHECK(settings_from(state, {1000, 700}) == remembered());
}

TEST_CASE("the command line has the last word on the theme", "[window]") {
  WindowOptions options;
  options.theme = ui::ThemeChoice::light;
  CHECK(state_from(remembered(), options).theme == ui::ThemeChoice::light);
  CHECK(state_from({}, {}).theme == ui::ThemeChoice::light);
}

TEST_CASE("a screenshot has the panels as they are at first", "[window]") {
  WindowOptions options;
  options.screenshot = "/shot.png";
  CHECK(state_from(remembered(), options).panels == ui::PanelLayout{});
}

TEST_CASE("the picture and the model of the command line are on their way from the start", "[window]") {
  WindowOptions options;
  options.image.file.path = "/cat.png";
  options.model.file.path = "/net.pt";
  const ui::AppState state = state_from({}, options);
  REQUIRE(state.pending_image);
  REQUIRE(state.pending_model);
  CHECK(state.pending_image->file.path == "/cat.png");
  CHECK(state.pending_model->file.path == "/net.pt");
  CHECK_FALSE(state.image);
}

}  // namespace tessera::test::memory_test
