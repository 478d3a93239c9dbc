// Every figure as it looked when somebody last looked at it, drawn without a window of what a fake session
// answers, so that only drawing can differ. Where one is meant to look different, look at the new picture,
// then write it with TESSERA_UPDATE_GOLDEN=1.
#include <cstdlib>
#include <thread>

#include "app/figure/figure_painter.h"
#include "app/figure/make_figure.h"
#include "golden/difference.h"
#include "render/gl_fixture.h"
#include "render/gl_textures.h"
#include "support/catch.h"
#include "support/paths.h"
#include "tessera/figure/catalogue.h"
#include "tessera/image/load.h"
#include "tessera/image/save.h"
#include "tessera/session/queries.h"
#include "ui/fake_session.h"
#include "ui/figures/figure_views.h"
#include "ui/state/figure_settings.h"
#include "ui/state/update.h"

namespace tessera::test::golden_test {

using namespace tessera;

namespace {

// Letters are hinted a little differently by other versions of the graphics driver and the font library.
constexpr double greatest_tolerated = 0.06;
constexpr double mean_tolerated = 0.004;

struct Golden {
  std::string name;
  std::string figure;
  figure::Settings settings = {};
  bool dark = false;
  bool compared = false;     // with itself of another picture, without a channel
  bool warned = false;       // of a network whose check failed
  bool provisional = false;  // what stands in for integrated gradients
};

std::vector<Golden> all() {
  std::vector<Golden> goldens;
  for (const figure::Figure& known : figure::catalogue()) goldens.push_back({known.name, known.name});
  goldens.push_back({"channels_dark", "channels", {}, true});
  goldens.push_back({"channels_of_channel", "channels", {{"channel", std::string("mid:5")}}});
  goldens.push_back({"spatial_of_place", "spatial", {{"place", std::string("mid:0.4,0.6")}}});
  goldens.push_back({"dictionary_of_groups", "dictionary", {{"basis", std::string("groups")}}});
  goldens.push_back({"grids_of_components", "grids", {{"content", std::string("components")}}});
  goldens.push_back({"grids_by_area", "grids", {{"size", std::string("area")}}});
  goldens.push_back({"comparison_attribution",
                     "comparison",
                     {{"channel", std::string("mid:3")},
                      {"layer", std::string("mid")},
                      {"map", std::string("attribution")}}});
  for (const char* figure : {"groups", "flows", "channels", "cube"})
    goldens.push_back({std::string("compared_") + figure, figure, {}, false, true});
  for (const char* figure : {"channels", "comparison", "groups", "flows"})
    goldens.push_back({std::string(figure) + "_provisional", figure, {}, false, false, false, true});
  goldens.push_back({"sheet_warned", "sheet", {{"layer", std::string("mid")}}, false, false, true});
  return goldens;
}

Image draw(const Golden& golden) {
  test::FakeSession session;
  if (golden.warned) session.keep_check(failed_check(check::Kind::place, "mid"));
  engine::Engine engine;
  session.serve(engine);
  ui::AppState state = test::chosen();
  const auto card = engine.wait(session::OpenModel{*state.pending_model});
  ui::update(state, ui::action::ImageOpened{});
  ui::update(state, ui::action::ModelOpened{*card});
  ui::apply_settings(state, golden.figure, golden.settings, *card);
  if (golden.compared) {
    ui::update(state, ui::action::KeepBeside{card});
    state.pending_image = test::chosen("bright_64x48.png").pending_image;
    ui::update(state, ui::action::ImageOpened{});
    state.model->without = session::removal_of("mid", attribution::ChosenChannels{{7}}, "channel 7 of mid");
  }

  const app::DataFolder data{test::source_folder()};
  render::GlTextures textures(data.shaders());
  const ImVec2 size = golden.compared ? ImVec2{1100, 820} : ImVec2{820, 640};
  const app::FigureWish wish{golden.figure, size, 1, 0, golden.dark, true, true};
  const ui::FigurePage page = app::page_for(wish, state, *card);
  app::FigurePainter painter(data, ui::page_size(page), 1);
  ui::SharedScales scales;
  const ui::FigureTools tools{engine, textures, painter.fonts(), 1, &scales};
  ui::FigureStatus status;
  const auto frame = [&] {
    painter.frame([&] {
      engine.begin_frame();
      status = ui::draw_figure(state, ui::drawn_view(state, golden.figure), page, tools);
      engine.end_frame();
    });
    textures.end_frame();
    CHECK(status.failure.empty());
  };
  const auto method = state.attribution.method;
  if (golden.provisional) state.attribution.method = ui::AttributionMethod::linear;
  for (int settled = 0; settled < 2; settled = status.complete ? settled + 1 : 0) {
    frame();
    std::this_thread::yield();
  }
  if (golden.provisional) {
    session.gate().hold({", in full"});
    state.attribution.method = method;
    for (int i = 0; i < 3; ++i) frame();
    CHECK_FALSE(status.complete);  // never in a file
  }
  while (!painter.paint(status.height)) frame();
  return painter.take();
}

void compare(const std::string& name, const Image& actual) {
  const auto golden = test::data("golden/" + name + ".png");
  if (std::getenv("TESSERA_UPDATE_GOLDEN")) {
    image::save_png(actual, golden);
    return;
  }
  REQUIRE(std::filesystem::exists(golden));
  const Image expected = image::load(golden);
  const test::Difference found = test::difference(actual, expected);
  CAPTURE(found.mean, found.greatest);
  const bool alike = found.mean <= mean_tolerated && found.greatest <= greatest_tolerated;
  CHECK(alike);
  if (alike) return;
  const auto kept = test::binary_folder() / "golden";
  std::filesystem::create_directories(kept);
  image::save_png(actual, kept / (name + "-actual.png"));
  image::save_png(expected, kept / (name + "-expected.png"));
  if (found.picture.width > 0) image::save_png(found.picture, kept / (name + "-difference.png"));
  WARN("see " << kept.string());
}

}  // namespace

TEST_CASE("figures look as they did", "[golden]") {
  // Mesa's software renderer, so that all machines draw alike.
  ::setenv("LIBGL_ALWAYS_SOFTWARE", "1", 1);
  const auto gl = test::gl_or_skip();
  for (const Golden& golden : all()) {
    CAPTURE(golden.name);
    compare(golden.name, draw(golden));
  }
}

}  // namespace tessera::test::golden_test
