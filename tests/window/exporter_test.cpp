// Figures made beside a window, with OpenGL where this machine has it without one.
#include "app/figure/exporter.h"

#include <imgui.h>

#include <algorithm>
#include <chrono>
#include <cstdlib>
#include <thread>

#include "app/figure/make_figure.h"
#include "render/fonts.h"
#include "render/gl_fixture.h"
#include "render/gl_textures.h"
#include "render/gui_context.h"
#include "render/gui_renderer.h"
#include "render/tiles.h"
#include "support/catch.h"
#include "support/paths.h"
#include "support/temporary_folder.h"
#include "tessera/figure/queries.h"
#include "tessera/image/load.h"
#include "tessera/session/queries.h"
#include "ui/fake_session.h"
#include "ui/figures/figure_views.h"
#include "ui/state/update.h"
#include "ui/workbench.h"

namespace tessera::test::exporter_test {

using namespace tessera;

namespace {

const app::DataFolder data_folder{test::source_folder()};
const ImVec2 view_size{600, 400};

// A window as far as figures are concerned: its own Dear ImGui context, its frames, its textures.
struct Window {
  test::TemporaryFolder folder;
  test::FakeSession session;
  engine::Engine engine;
  render::GuiContext gui;
  render::Fonts fonts = render::load_fonts(data_folder.fonts(), 1).fonts;
  render::GuiRenderer renderer;
  render::GlTextures textures{data_folder.shaders()};
  ui::Workbench workbench;
  app::Exporter exporter{engine, textures, data_folder, [] {}};

  Window() : workbench((session.serve(engine), figure::serve(engine), engine), textures, with_real_files()) {
    ImGui::GetIO().DisplaySize = {1440, 900};
    ImGui::GetIO().DeltaTime = 1.0f / 60;
    REQUIRE(until([&] { return workbench.settled(); }));
  }

  // Figures name their picture and their network by what is in them: there have to be such files.
  ui::AppState with_real_files() {
    ui::AppState state = test::chosen();
    state.pending_image = session::ImageRef{session::stamp(test::data("image/scene.png"))};
    state.pending_model = session::ModelRef{session::stamp(test::data("tiny/tiny_resnet.pt")), {}, {}};
    return state;
  }

  std::optional<ui::Action> frame() {
    renderer.new_frame();
    ImGui::NewFrame();
    ImGuiContext* own = ImGui::GetCurrentContext();
    workbench.frame(fonts, [&] { exporter.ask(workbench.state(), view_size); });
    CHECK(ImGui::GetCurrentContext() == own);
    ImGui::Render();
    auto outcome = exporter.advance();
    CHECK(ImGui::GetCurrentContext() == own);
    if (outcome) workbench.act(*outcome);
    return outcome;
  }
  template <class Done>
  bool until(Done done) {
    const auto give_up = std::chrono::steady_clock::now() + std::chrono::seconds(60);
    while (!done()) {
      if (std::chrono::steady_clock::now() > give_up) return false;
      frame();
      std::this_thread::yield();
    }
    return true;
  }
  std::filesystem::path start(const ui::ExportOptions& options, const std::string& name = "a.png") {
    workbench.act(ui::action::SetExport{options});
    workbench.act(ui::action::Export{folder.path() / name});
    return folder.path() / name;
  }
  bool finish() {
    return until([&] { return !workbench.state().exports.running; });
  }
  std::string last_message() const {
    return workbench.state().messages.empty() ? "" : workbench.state().messages.back().text;
  }
};

}  // namespace

TEST_CASE("the present view is written at the wanted size, as the command line draws it", "[window]") {
  const auto gl = test::gl_or_skip();
  Window window;
  const auto file = window.start({2, 0, ui::ExportTheme::light, true, true});
  REQUIRE(window.finish());
  CHECK(window.last_message() == "The figure is in " + file.string());
  const Image picture = image::load(file);

  const auto made = figure::read_figure(file).made;
  REQUIRE(made);
  CHECK(made->figure == ui::figure_of(window.workbench.state()));
  CHECK(made->image == figure::identify(test::data("image/scene.png")));
  CHECK(made->page.width == picture.width);
  CHECK(made->page.scale == 2);
  CHECK_FALSE(made->page.dark);

  const auto card = window.engine.wait(session::OpenModel{*window.workbench.state().model});
  const app::FigureWish wish{made->figure, view_size, 2, 0, false, true, true};
  const ui::FigurePage page = app::page_for(wish, window.workbench.state(), *card);
  const ImVec2 size = ui::page_size(page);
  CHECK(picture.width == int(size.x * 2));
  // What the view leaves empty at its end is cut off.
  CHECK(picture.height <= int(size.y * 2));
  CHECK(picture.height > int(view_size.y));
}

TEST_CASE("two views beside each other are written as one figure that names both", "[window]") {
  const auto gl = test::gl_or_skip();
  Window window;
  const auto card = window.engine.wait(session::OpenModel{*window.workbench.state().model});
  window.workbench.act(ui::action::PinChannel{{"mid", 7}});
  window.workbench.act(ui::action::DoWithout{
      session::removal_of("mid", attribution::ChosenChannels{{7}}, "channel 7 of mid"), card});
  window.workbench.act(ui::action::OpenImage{test::data("image/quadrants.png")});
  REQUIRE(window.until([&] { return window.workbench.settled(); }));
  const auto file = window.start({2, 0, ui::ExportTheme::light, true, true});
  REQUIRE(window.finish());
  REQUIRE(window.last_message() == "The figure is in " + file.string());
  const auto made = figure::read_figure(file).made;
  REQUIRE(made);
  CHECK(made->image == figure::identify(test::data("image/quadrants.png")));
  REQUIRE(made->without);
  CHECK(made->without->atoms == attribution::Atoms(attribution::ChosenChannels{{7}}));
  REQUIRE(made->kept);
  CHECK(made->kept->image == figure::identify(test::data("image/scene.png")));
  CHECK(made->kept->model == made->model);
  CHECK_FALSE(made->kept->without);
  // Something is drawn in either half, at the wanted size.
  const Image picture = image::load(file);
  CHECK(picture.width > 2 * int(view_size.x));
  const auto inked = [&](int from, int to) {
    int found = 0;
    for (int y = 0; y < picture.height; ++y)
      for (int x = from; x < to; ++x) found += picture.pixel(x, y)[1] < 200 ? 1 : 0;
    return found;
  };
  CHECK(inked(0, picture.width / 2) > 1000);
  CHECK(inked(picture.width / 2, picture.width) > 1000);
}

TEST_CASE("a width, a theme and no caption are obeyed", "[window]") {
  const auto gl = test::gl_or_skip();
  Window window;
  window.workbench.act(ui::action::ToggleTheme{});
  REQUIRE(window.workbench.state().theme == ui::ThemeChoice::dark);
  const Image light = [&] {
    const auto file = window.start({1, 500, ui::ExportTheme::light, false, true});
    REQUIRE(window.finish());
    return image::load(file);
  }();
  const Image dark = [&] {
    const auto file = window.start({1, 500, ui::ExportTheme::present, false, true}, "b.png");
    REQUIRE(window.finish());
    return image::load(file);
  }();
  CHECK(light.width == 500);
  CHECK(dark.width == 500);
  CHECK(int(light.pixel(1, 1)[0]) == 255);
  CHECK(int(dark.pixel(1, 1)[0]) < 60);
  const Image with_caption = [&] {
    const auto file = window.start({1, 500, ui::ExportTheme::light, true, true}, "c.png");
    REQUIRE(window.finish());
    return image::load(file);
  }();
  CHECK(with_caption.height > light.height);
}

TEST_CASE("a figure waits for all of its answers, and a cancelled one leaves no file", "[window]") {
  const auto gl = test::gl_or_skip();
  Window window;
  window.session.hold();
  window.workbench.act(ui::action::SelectLayer{"high"});  // its activations are not there
  const auto file = window.start({1, 0, ui::ExportTheme::light, true, true});
  for (int i = 0; i < 20; ++i) window.frame();
  CHECK(window.workbench.state().exports.running);
  CHECK_FALSE(std::filesystem::exists(file));
  SECTION("it is written when they are there") {
    window.session.release();
    REQUIRE(window.finish());
    CHECK(std::filesystem::exists(file));
  }
  SECTION("it is cancelled") {
    window.workbench.act(ui::action::CancelExport{});
    window.session.release();
    REQUIRE(window.until([&] { return window.workbench.settled(); }));
    for (int i = 0; i < 20; ++i) window.frame();
    CHECK_FALSE(std::filesystem::exists(file));
    // The next one is none the worse.
    const auto next = window.start({1, 0, ui::ExportTheme::light, true, true}, "b.png");
    REQUIRE(window.finish());
    CHECK(std::filesystem::exists(next));
  }
}

TEST_CASE("what goes wrong is told in a sentence, and the window goes on", "[window]") {
  const auto gl = test::gl_or_skip();
  Window window;
  SECTION("a folder that is not there") {
    window.workbench.act(ui::action::Export{window.folder.path() / "missing" / "a.png"});
    REQUIRE(window.finish());
    CHECK(window.last_message().find("missing") != std::string::npos);
  }
  SECTION("a picture that is too large") {
    window.start({8, 20'000, ui::ExportTheme::light, true, true});
    window.exporter.ask(window.workbench.state(), {100, 20'000});
    REQUIRE(window.finish());
    CHECK(window.last_message().find("Choose a") != std::string::npos);
  }
  CHECK(window.workbench.state().messages.back().kind == ui::MessageKind::error);
}

TEST_CASE("a picture in tiles is the picture in one piece", "[window]") {
  const auto gl = test::gl_or_skip();
  test::FakeSession session;
  engine::Engine engine;
  session.serve(engine);
  render::GlTextures textures(data_folder.shaders());
  const auto draw = [&](int tile) {
    const render::GuiContext gui;
    const render::Fonts fonts = render::load_fonts(data_folder.fonts(), 1).fonts;
    render::GuiRenderer renderer;
    ImGui::GetIO().DisplaySize = {700, 500};
    render::Tiles tiles(700, 500, tile);
    while (!tiles.done()) {
      renderer.new_frame();
      ImGui::NewFrame();
      ImDrawList& list = *ImGui::GetForegroundDrawList();
      list.AddRectFilled({0, 0}, {700, 500}, IM_COL32(250, 250, 250, 255));
      for (int i = 0; i < 40; ++i)
        list.AddLine({float(i * 17), 3}, {float(i * 11), 490}, IM_COL32(200, i * 5, 90, 255), 1.5f);
      list.AddText(fonts.title, 30, {300, 240}, IM_COL32(0, 0, 0, 255), "across the seams of tiles");
      ImGui::Render();
      tiles.draw(renderer);
    }
    return tiles.take();
  };
  const Image whole = draw(1024);
  const Image pieces = draw(128);
  REQUIRE(whole.width == 700);
  // Positions round differently, by hundredths of a pixel, which steep edges show. A seam would be black on
  // white.
  int greatest = 0;
  std::size_t different = 0;
  for (std::size_t i = 0; i < whole.rgb.size(); ++i) {
    const int apart = std::abs(int(whole.rgb[i]) - int(pieces.rgb[i]));
    greatest = std::max(greatest, apart);
    different += apart > 2 ? 1 : 0;
  }
  CHECK(greatest < 64);
  CHECK(double(different) < 0.002 * double(whole.rgb.size()));
}

}  // namespace tessera::test::exporter_test
