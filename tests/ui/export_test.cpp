// Taking figures out of the window, and dropping them back on it.
#include <fstream>

#include "support/catch.h"
#include "support/temporary_folder.h"
#include "tessera/figure/queries.h"
#include "tessera/image/save.h"
#include "tessera/session/queries.h"
#include "ui/fake_session.h"
#include "ui/headless.h"
#include "ui/overlays/export_dialog.h"

namespace tessera::test::export_test {

using namespace tessera;
using test::FakeSession;
using test::Headless;

namespace {

// A fake network and picture, opened and shown; figures in files are real.
struct Opened {
  test::TemporaryFolder folder;
  FakeSession session;
  engine::Engine engine;
  Headless view;

  Opened() : view((session.serve(engine), figure::serve(engine), engine), test::chosen()) {
    REQUIRE(view.settle());
  }

  std::filesystem::path written(const std::string& name, const std::string& text) {
    std::filesystem::create_directories((folder.path() / name).parent_path());
    std::ofstream(folder.path() / name, std::ios::binary) << text;
    return folder.path() / name;
  }

  // A figure of these two files, as Tessera writes it.
  figure::Provenance made(const std::filesystem::path& image, const std::filesystem::path& model) {
    figure::Provenance made;
    made.version = "0.1.0";
    made.figure = "spatial";
    made.settings = {{"factors", std::int64_t(5)}, {"layers", std::vector<std::string>{"high", "low"}}};
    made.model = figure::identify(model);
    made.model_title = "net";
    model::Preprocessing preprocessing;
    preprocessing.fit = {32, 32, image::FitRule::center_crop, 1.0};  // the fake's own
    made.preprocessing = model::to_text(preprocessing);
    made.image = figure::identify(image);
    made.page = {100, 1, false, true, true};
    return made;
  }
  std::filesystem::path png(const std::string& name, const figure::Provenance& made) {
    const auto file = folder.path() / name;
    image::save_png(Image(2, 2), file, {{"tessera", figure::to_json(made)}});
    return file;
  }

  void drop(const std::filesystem::path& file) { view.workbench().drop(std::vector{file}); }
  bool settle() { return view.settle(); }
  bool says(const std::string& text) const {
    for (const ui::Message& message : view.state().messages)
      if (message.text.find(text) != std::string::npos) return true;
    return false;
  }
};

}  // namespace

TEST_CASE("Ctrl+E opens the export of the present view, Escape closes it", "[ui]") {
  Opened opened;
  opened.view.press(ui::Key::e, true);
  CHECK(opened.view.state().overlay == ui::Overlay::export_figure);
  CHECK(opened.view.visible("export/file"));
  CHECK(opened.view.visible("export/write"));
  opened.view.press(ui::Key::escape);
  CHECK(opened.view.state().overlay == ui::Overlay::none);
  CHECK_FALSE(opened.view.visible("export/file"));
  opened.view.press(ui::Key::e);
  CHECK(opened.view.state().overlay == ui::Overlay::none);
}

TEST_CASE("the menu opens it too, and what is chosen is what is exported", "[ui]") {
  Opened opened;
  opened.view.click("rail/export");
  opened.view.click("export/size/4×");
  CHECK(opened.view.state().exports.options.scale == 4);
  opened.view.click("export/theme/As on screen");
  opened.view.click("export/caption/Without");
  opened.view.click("export/legend/Without");
  opened.view.click("export/write");
  const auto& running = opened.view.state().exports.running;
  REQUIRE(running);
  CHECK(running->options == ui::ExportOptions{4, 0, ui::ExportTheme::present, false, false});
  CHECK(running->file.is_absolute());
  CHECK(running->file.extension() == ".png");
  CHECK(running->file.filename().string().starts_with("cat_64x48-"));
  CHECK(opened.view.state().overlay == ui::Overlay::none);
}

TEST_CASE("Ctrl+Shift+C exports the present view as a script, and so does the menu", "[ui]") {
  Opened opened;
  SECTION("by key") { opened.view.press(ui::Key::c, true, true); }
  SECTION("from the menu") {
    opened.view.press(ui::Key::e, true);
    opened.view.click("export/python");
  }
  const auto& running = opened.view.state().exports.running;
  REQUIRE(running);
  CHECK(running->kind == ui::ExportKind::python);
  CHECK(running->file.is_absolute());
  CHECK(running->file.extension() == ".py");
  CHECK(running->file.filename().string().starts_with("cat_64x48-sheet"));
  CHECK(opened.view.state().overlay == ui::Overlay::none);
  // The same keys without Shift, or while one is running, start nothing.
  opened.view.workbench().act(ui::action::Exported{});
  CHECK(opened.says("on the clipboard"));
  opened.view.press(ui::Key::c, true);
  CHECK_FALSE(opened.view.state().exports.running);
}

TEST_CASE("a suggested script takes the place of neither a script nor its arrays", "[ui]") {
  Opened opened;
  ui::AppState state = opened.view.state();
  state.exports.folder = opened.folder.path();
  CHECK(ui::suggested_script(state).filename() == "cat_64x48-sheet.py");
  opened.written("cat_64x48-sheet.npz", "x");
  opened.written("cat_64x48-sheet-2.py", "x");
  CHECK(ui::suggested_script(state).filename() == "cat_64x48-sheet-3.py");
}

TEST_CASE("a running export is shown, can be cancelled, and is told of when it is done", "[ui]") {
  Opened opened;
  const auto start = [&] { opened.view.workbench().act(ui::action::Export{opened.folder.path() / "a.png"}); };
  start();
  opened.view.frames(2);
  CHECK(opened.view.visible("export status/cancel"));
  CHECK_FALSE(opened.view.workbench().settled());
  // Another one does not push it aside.
  opened.view.workbench().act(ui::action::Export{opened.folder.path() / "b.png"});
  CHECK(opened.view.state().exports.running->file.filename() == "a.png");
  opened.view.click("export status/cancel");
  CHECK_FALSE(opened.view.state().exports.running);

  start();
  CHECK(opened.view.state().exports.running->id == 2);
  opened.view.workbench().act(ui::action::Exported{});
  CHECK_FALSE(opened.view.state().exports.running);
  CHECK(opened.says("a.png"));
  start();
  opened.view.workbench().act(ui::action::ExportFailed{"the disk is full"});
  CHECK(opened.says("the disk is full"));
  CHECK(opened.view.state().exports.folder == opened.folder.path());
}

TEST_CASE("a width instead of a scale starts from the present size and stays sensible", "[ui]") {
  Opened opened;
  opened.view.press(ui::Key::e, true);
  opened.view.click("export/size/Width");
  CHECK(opened.view.state().exports.options.width > 1000);
  CHECK(opened.view.visible("export/width"));
  opened.view.workbench().act(ui::action::SetExport{{2, 1'000'000, ui::ExportTheme::light, true, true}});
  CHECK(opened.view.state().exports.options.width == 20'000);
  opened.view.click("export/size/1×");
  CHECK(opened.view.state().exports.options.width == 0);
}

TEST_CASE("a suggested name is that of no file that is there", "[ui]") {
  Opened opened;
  CHECK(ui::suggested_file(opened.folder.path(), "cat", "grids").filename() == "cat-grids.png");
  opened.written("cat-grids.png", "x");
  opened.written("cat-grids-2.png", "x");
  CHECK(ui::suggested_file(opened.folder.path(), "cat", "grids").filename() == "cat-grids-3.png");
}

TEST_CASE("a dropped PNG that no figure is, is a picture", "[ui]") {
  Opened opened;
  const auto file = opened.folder.path() / "plain.png";
  image::save_png(Image(2, 2), file);
  opened.drop(file);
  REQUIRE(opened.settle());
  CHECK(opened.view.state().image->file.path == file);
  CHECK_FALSE(opened.view.state().opening_figure);
}

TEST_CASE("a dropped figure restores the view that it shows, with its picture and its network", "[ui]") {
  Opened opened;
  const auto cat = opened.written("fig/other_name.png", "meow");
  const auto net = opened.written("fig/net2.pt", "weights");
  opened.drop(opened.png("fig/figure.png", opened.made(cat, net)));
  REQUIRE(opened.settle());
  const ui::AppState& state = opened.view.state();
  CHECK(state.image->file.path == cat);
  CHECK(state.model->file.path == net);
  CHECK(state.selection.view == ui::ViewKind::spatial);
  CHECK(state.spatial.factors == 5);
  CHECK(state.selection.layers == std::vector<std::string>{"high", "low"});
  CHECK(state.overlay == ui::Overlay::none);
  CHECK(state.messages.empty());
}

TEST_CASE("a figure of two views restores both, with what the network does without", "[ui]") {
  Opened opened;
  const auto cat = opened.written("fig/cat.png", "meow");
  const auto dog = opened.written("fig/dog.png", "woof");
  const auto net = opened.written("fig/net2.pt", "weights");
  figure::Provenance made = opened.made(dog, net);
  made.without = figure::Without{"mid", attribution::ChosenChannels{{7}}, "channel 7 of mid"};
  made.kept = opened.made(cat, net);
  made.kept->figure = "groups";
  made.kept->settings = {{"layer", std::string("low")}, {"k", std::int64_t(3)}};
  const auto figure = opened.png("fig/figure.png", made);
  const auto check = [&] {
    const ui::AppState& state = opened.view.state();
    CHECK(state.image->file.path == dog);
    CHECK(state.model->file.path == net);
    REQUIRE(state.model->without);
    CHECK(state.model->without->name == "channel 7 of mid");
    CHECK(state.model->without->atoms == attribution::Atoms(attribution::ChosenChannels{{7}}));
    CHECK(state.selection.view == ui::ViewKind::spatial);
    CHECK(state.spatial.factors == 5);
    REQUIRE(state.kept);
    const ui::AppState& kept = state.kept->state();
    CHECK(kept.image->file.path == cat);
    CHECK_FALSE(kept.model->without);
    CHECK(kept.selection.view == ui::ViewKind::groups);
    CHECK(kept.selection.layer == "low");
    CHECK(kept.groups.k == 3);
    CHECK(state.messages.empty());
  };
  opened.drop(figure);
  REQUIRE(opened.settle());
  check();
  // And over another comparison, which it replaces.
  opened.view.press(ui::Key::b);
  REQUIRE(opened.settle());
  CHECK_FALSE(opened.view.state().model->without);
  opened.view.press(ui::Key::b);
  opened.drop(figure);
  REQUIRE(opened.settle());
  check();
}

TEST_CASE("a figure of two views is not opened halfway", "[ui]") {
  Opened opened;
  const auto cat = opened.written("elsewhere/cat.png", "meow");
  const auto dog = opened.written("dog.png", "woof");
  const auto net = opened.written("net2.pt", "weights");
  figure::Provenance made = opened.made(dog, net);
  made.kept = opened.made(cat, net);
  const auto before = opened.view.state().image->file.path;
  opened.drop(opened.png("figure.png", made));
  REQUIRE(opened.view.frames_until([&] { return opened.view.state().overlay == ui::Overlay::figure_file; }));
  CHECK(opened.view.state().image->file.path == before);
  SECTION("the picture of the kept one is asked for") {
    opened.view.workbench().act(ui::action::ChooseForFigure{cat});
    REQUIRE(opened.settle());
    CHECK(opened.view.state().image->file.path == dog);
    REQUIRE(opened.view.state().kept);
    CHECK(opened.view.state().kept->state().image->file.path == cat);
  }
  SECTION("it need not be opened at all") {
    opened.view.click("figure file/forget");
    REQUIRE(opened.settle());
    CHECK(opened.view.state().image->file.path == before);
    CHECK_FALSE(opened.view.state().kept);
  }
}

TEST_CASE("an export of two views is named so, and its script is said to be of one", "[ui]") {
  Opened opened;
  opened.view.press(ui::Key::b);
  opened.view.press(ui::Key::e, true);
  opened.view.click("export/write");
  REQUIRE(opened.view.state().exports.running);
  CHECK(opened.view.state().exports.running->file.filename().string().starts_with("cat_64x48-compared-"));
  opened.view.workbench().act(ui::action::CancelExport{});
  opened.view.press(ui::Key::c, true, true);
  REQUIRE(opened.view.state().exports.running);
  opened.view.workbench().act(ui::action::Exported{});
  CHECK(opened.says("The script of the right half"));
}

TEST_CASE("files are found among the recent ones, wherever the figure lies", "[ui]") {
  Opened opened;
  const auto cat = opened.written("pictures/cat.png", "meow");
  const auto net = opened.written("models/net2.pt", "weights");
  const auto figure = opened.png("figure.png", opened.made(cat, net));
  opened.view.workbench().act(ui::action::OpenImage{cat});
  opened.view.workbench().act(ui::action::OpenModel{net});
  REQUIRE(opened.settle());
  opened.view.workbench().act(ui::action::OpenImage{opened.written("pictures/dog.png", "woof")});
  REQUIRE(opened.settle());
  opened.drop(figure);
  REQUIRE(opened.settle());
  CHECK(opened.view.state().image->file.path == cat);
  CHECK(opened.view.state().spatial.factors == 5);
}

TEST_CASE("a figure whose picture is not known asks for it, and takes no other for it unasked", "[ui]") {
  Opened opened;
  const auto cat = opened.written("elsewhere/cat.png", "meow");
  const auto dog = opened.written("elsewhere/dog.png", "woof");
  const auto net = opened.written("net2.pt", "weights");
  opened.drop(opened.png("figure.png", opened.made(cat, net)));
  REQUIRE(opened.view.frames_until([&] { return opened.view.state().overlay == ui::Overlay::figure_file; }));
  CHECK(opened.view.visible("figure file/present"));

  SECTION("the wrong one is told apart") {
    opened.view.workbench().act(ui::action::ChooseForFigure{dog});
    REQUIRE(
        opened.view.frames_until([&] { return opened.view.state().overlay == ui::Overlay::figure_file; }));
    CHECK(opened.says("dog.png is not the cat.png"));
    opened.view.workbench().act(ui::action::ChooseForFigure{cat});
    REQUIRE(opened.settle());
    CHECK(opened.view.state().image->file.path == cat);
    CHECK(opened.view.state().spatial.factors == 5);
  }
  SECTION("the present one can be taken instead") {
    const auto before = opened.view.state().image->file.path;
    opened.view.click("figure file/present");
    REQUIRE(opened.settle());
    CHECK(opened.view.state().image->file.path == before);
    CHECK(opened.view.state().model->file.path == net);
    CHECK(opened.view.state().spatial.factors == 5);
  }
  SECTION("it need not be opened at all") {
    opened.view.click("figure file/forget");
    REQUIRE(opened.settle());
    CHECK(opened.view.state().spatial == ui::SpatialOptions{});
  }
}

TEST_CASE("a network that was told how to take pictures is told so again", "[ui]") {
  Opened opened;
  const auto cat = opened.written("cat.png", "meow");
  const auto net = opened.written("unsure.pt", "weights");
  figure::Provenance made = opened.made(cat, net);
  made.preprocessing = model::to_text(model::preprocessing_from_text("64x64,range=255,mean=1/2/3"));
  opened.drop(opened.png("figure.png", made));
  REQUIRE(opened.settle());
  const ui::AppState& state = opened.view.state();
  REQUIRE(state.model->preprocessing);
  CHECK(model::to_text(*state.model->preprocessing) == made.preprocessing);
  CHECK(state.overlay == ui::Overlay::none);  // nobody is asked
}

TEST_CASE("figures that cannot be restored are told of in a sentence", "[ui]") {
  Opened opened;
  const auto cat = opened.written("cat.png", "meow");
  const auto net = opened.written("net2.pt", "weights");
  figure::Provenance made = opened.made(cat, net);
  SECTION("a layer that this network lacks") {
    made.settings["layers"] = std::vector<std::string>{"nowhere"};
    opened.drop(opened.png("figure.png", made));
    REQUIRE(opened.settle());
    CHECK(opened.says("figure.png: there is no layer 'nowhere'"));
  }
  SECTION("a broken provenance") {
    const auto file = opened.folder.path() / "broken.png";
    image::save_png(Image(2, 2), file, {{"tessera", "{\"format\": 99}"}});
    opened.drop(file);
    REQUIRE(opened.settle());
    CHECK(opened.says("Update Tessera"));
  }
  SECTION("a model that cannot be opened") {
    const auto broken = opened.written("broken.pt", "nothing");
    opened.drop(opened.png("figure.png", opened.made(cat, broken)));
    REQUIRE(opened.settle());
    CHECK(opened.says("not a TorchScript archive"));
    CHECK_FALSE(opened.view.state().opening_figure);
  }
  CHECK_FALSE(opened.view.state().opening_figure);
}

}  // namespace tessera::test::export_test
