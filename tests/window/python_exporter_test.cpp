// Scripts and their arrays, written for a window.
#include "app/python/python_exporter.h"

#include <chrono>
#include <fstream>
#include <sstream>
#include <thread>

#include "app/python/python_script.h"
#include "support/catch.h"
#include "support/paths.h"
#include "support/temporary_folder.h"
#include "tessera/base/npz.h"
#include "tessera/figure/queries.h"
#include "tessera/session/queries.h"
#include "ui/fake_session.h"
#include "ui/state/update.h"

namespace tessera::test::python_exporter_test {

using namespace tessera;

namespace {

const app::DataFolder data_folder{test::source_folder()};

std::string text_of(const std::filesystem::path& file) {
  std::ostringstream text;
  text << std::ifstream(file).rdbuf();
  return text.str();
}

struct Exporting {
  test::TemporaryFolder folder;
  test::FakeSession session;
  engine::Engine engine;
  ui::AppState state;
  std::string copied;
  app::PythonExporter exporter{engine, data_folder, [] {},
                               [this](const std::string& script) { copied = script; }};

  Exporting() {
    session.serve(engine);
    figure::serve(engine);
    state.pending_image = session::ImageRef{session::stamp(test::data("image/scene.png"))};
    state.pending_model = session::ModelRef{session::stamp(test::data("tiny/tiny_resnet.pt")), {}, {}};
    const auto card = engine.wait(session::OpenModel{*state.pending_model});
    ui::update(state, ui::action::ImageOpened{});
    ui::update(state, ui::action::ModelOpened{*card});
    ui::update(state, ui::action::ChooseView{ui::ViewKind::sheet});
  }

  // One frame; whether it brought an end.
  bool frame() {
    engine.begin_frame();
    exporter.ask(state);
    engine.end_frame();
    const auto outcome = exporter.advance();
    if (outcome) ui::update(state, *outcome);
    return outcome.has_value();
  }
  bool finish() {
    const auto give_up = std::chrono::steady_clock::now() + std::chrono::seconds(60);
    while (!frame()) {
      if (std::chrono::steady_clock::now() > give_up) return false;
      std::this_thread::yield();
    }
    return true;
  }
};

}  // namespace

TEST_CASE("a script is written with its arrays, copied, and told of", "[window]") {
  Exporting exporting;
  const auto file = exporting.folder.path() / "cat-sheet.py";
  ui::update(exporting.state, ui::action::Export{file, ui::ExportKind::python});
  REQUIRE(exporting.finish());
  CHECK_FALSE(exporting.state.exports.running);
  CHECK(exporting.state.messages.back().text.find(file.string()) != std::string::npos);
  CHECK(exporting.copied == text_of(file));
  CHECK(exporting.copied.find("python3 cat-sheet.py") != std::string::npos);
  CHECK(exporting.copied.find("MODEL = \"") != std::string::npos);
  CHECK(exporting.copied.find('@') == std::string::npos);  // nothing is left to fill in
  const npz::Arrays arrays = npz::load(app::arrays_beside(file));
  CHECK(arrays.at("logits").values.size() == 3);
  CHECK(arrays.contains("mean"));
}

TEST_CASE("pictures are somebody else's to export", "[window]") {
  Exporting exporting;
  ui::update(exporting.state, ui::action::Export{exporting.folder.path() / "a.png"});
  for (int i = 0; i < 5; ++i) CHECK_FALSE(exporting.frame());
  CHECK_FALSE(exporting.exporter.wants_frame());
  CHECK(exporting.copied.empty());
}

TEST_CASE("a script that is no longer wanted is not written", "[window]") {
  Exporting exporting;
  exporting.session.hold();
  const auto file = exporting.folder.path() / "cat-sheet.py";
  ui::update(exporting.state, ui::action::Export{file, ui::ExportKind::python});
  CHECK_FALSE(exporting.frame());
  ui::update(exporting.state, ui::action::CancelExport{});
  CHECK_FALSE(exporting.frame());
  exporting.session.release();
  for (int i = 0; i < 5; ++i) CHECK_FALSE(exporting.frame());
  CHECK_FALSE(std::filesystem::exists(file));
}

TEST_CASE("a place that cannot be written is told of, and nothing is copied", "[window]") {
  Exporting exporting;
  ui::update(exporting.state,
             ui::action::Export{exporting.folder.path() / "missing" / "a.py", ui::ExportKind::python});
  REQUIRE(exporting.finish());
  CHECK(exporting.state.messages.back().kind == ui::MessageKind::error);
  CHECK(exporting.state.messages.back().text.find("missing") != std::string::npos);
  CHECK(exporting.copied.empty());
}

TEST_CASE("names from outside do not leave the docstring", "[window]") {
  ui::FigureNumbers numbers;
  numbers.sentence = "Sheet of \"\"\"; import os and net.";
  numbers.remarks = {"One.\nTwo \\"};
  numbers.constants = {{"IMAGE", std::string("a\"\nb"), "x\ny"}};
  const std::string script = app::python_script(numbers, data_folder.python(), "a\"\"\"b");
  CHECK(script.find("Sheet of '''; import os") != std::string::npos);
  CHECK(script.find("IMAGE = \"a\\\"\\x0ab\"  # x y\n") != std::string::npos);
  CHECK(script.find("\"\"\"", 3) == script.rfind("\"\"\""));  // it ends once
}

}  // namespace tessera::test::python_exporter_test
