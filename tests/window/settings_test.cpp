#include "app/settings.h"

#include <cstdlib>
#include <fstream>
#include <iterator>

#include "support/catch.h"
#include "support/temporary_folder.h"
#include "tessera/base/error.h"

namespace tessera::test::settings_test {

using namespace tessera;
using namespace tessera::app;

namespace {

void write(const std::filesystem::path& file, const std::string& text) { std::ofstream(file) << text; }

std::string content(const std::filesystem::path& file) {
  std::ifstream in(file);
  return {std::istreambuf_iterator<char>(in), {}};
}

Settings some_settings() {
  Settings settings;
  settings.recent_images = {"/pictures/a.png", "/pictures/ünï.jpg"};
  settings.recent_models = {"/models/net.pt"};
  settings.dark_theme = true;
  settings.window = {1200, 800};
  settings.panels.rail_width = 377;
  settings.panels.inspector_width = 260;
  settings.panels.inspector_open = false;
  settings.panels.all_layers = true;
  settings.panels.folded = {false, true, false, true};
  settings.preprocessing["0123abcd"] = model::preprocessing_from_text("inception,299x299");
  return settings;
}

}  // namespace

TEST_CASE("settings come back as they were saved, in a folder that did not exist", "[window]") {
  const test::TemporaryFolder folder;
  const auto file = folder.path() / "config" / "tessera" / "settings.json";
  save_settings(file, some_settings());
  const LoadedSettings loaded = load_settings(file);
  CHECK(loaded.warning.empty());
  CHECK(loaded.settings == some_settings());
}

TEST_CASE("no settings yet are the defaults, without a warning", "[window]") {
  const test::TemporaryFolder folder;
  const LoadedSettings loaded = load_settings(folder.path() / "settings.json");
  CHECK(loaded.settings == Settings{});
  CHECK(loaded.warning.empty());
  CHECK(load_settings({}).settings == Settings{});
}

TEST_CASE("broken settings are set aside with a warning", "[window]") {
  const test::TemporaryFolder folder;
  const auto file = folder.path() / "settings.json";
  for (const std::string broken : {"", "{\"theme\": \"dark\"", "[1, 2]", "\xff\xfe{}"}) {
    INFO(broken);
    write(file, broken);
    const LoadedSettings loaded = load_settings(file);
    CHECK(loaded.settings == Settings{});
    CHECK(loaded.warning.find("settings.json") != std::string::npos);
    CHECK_FALSE(std::filesystem::exists(file));
    CHECK(content(folder.path() / "settings.json.bak") == broken);
  }
}

TEST_CASE("an entry that makes no sense spoils no other", "[window]") {
  const test::TemporaryFolder folder;
  const auto file = folder.path() / "settings.json";
  write(file, R"({"theme": 7, "window": [-5, 1e99], "recent_images": ["/a.png", 3, null], "recent_models": {},
                  "preprocessing": {"00": "nonsense", "11": "imagenet", "22": 5}, "from_the_future": [[]]})");
  const LoadedSettings loaded = load_settings(file);
  CHECK(loaded.warning.empty());
  CHECK_FALSE(loaded.settings.dark_theme);
  CHECK_FALSE(loaded.settings.window);
  CHECK(loaded.settings.recent_images == std::vector<std::filesystem::path>{"/a.png"});
  CHECK(loaded.settings.recent_models.empty());
  REQUIRE(loaded.settings.preprocessing.size() == 1);
  CHECK(loaded.settings.preprocessing.count("11") == 1);
}

TEST_CASE("panels of which something makes no sense are otherwise as they were left", "[window]") {
  const test::TemporaryFolder folder;
  const auto file = folder.path() / "settings.json";
  for (const char* nonsense : {"7", "[]", "null", "\"wide\""}) {
    write(file, std::string("{\"panels\": ") + nonsense + "}");
    const LoadedSettings loaded = load_settings(file);
    CHECK(loaded.warning.empty());
    CHECK(loaded.settings.panels == ui::PanelLayout{});
  }
  write(file, R"({"panels": {"rail": 1e300, "inspector": -3, "inspector_open": "no", "all_layers": true,
                  "folded": ["views", "cellar", 4, null]}})");
  const ui::PanelLayout panels = load_settings(file).settings.panels;
  CHECK(panels.rail_width == ui::PanelLayout::greatest_width);
  CHECK(panels.inspector_width == ui::PanelLayout::least_width);
  CHECK(panels.inspector_open);
  CHECK(panels.all_layers);
  CHECK(panels.folded == std::array{false, false, false, true});
  write(file, R"({"panels": {"rail": "300", "folded": "views", "inspector_open": false}})");
  ui::PanelLayout folded;
  folded.inspector_open = false;
  CHECK(load_settings(file).settings.panels == folded);
}

TEST_CASE("a window of a size that no screen has is not remembered", "[window]") {
  const test::TemporaryFolder folder;
  const auto file = folder.path() / "settings.json";
  for (const char* size : {"[10, 10]", "[100000, 800]", "[800]", "[\"800\", 600]", "[1.5, 900]"}) {
    write(file, std::string("{\"window\": ") + size + "}");
    CHECK_FALSE(load_settings(file).settings.window);
  }
}

TEST_CASE("settings that cannot be saved are an error that names the place", "[window]") {
  const test::TemporaryFolder folder;
  write(folder.path() / "taken", "a file where a folder should be");
  try {
    save_settings(folder.path() / "taken" / "settings.json", {});
    FAIL("no error");
  } catch (const Error& error) {
    CHECK(std::string(error.what()).find("taken") != std::string::npos);
  }
}

TEST_CASE("settings live where the desktop keeps them", "[window]") {
  ::setenv("XDG_CONFIG_HOME", "/somewhere/config", 1);
  CHECK(settings_file() == "/somewhere/config/tessera/settings.json");
  ::setenv("XDG_CONFIG_HOME", "relative", 1);
  ::setenv("HOME", "/home/someone", 1);
  CHECK(settings_file() == "/home/someone/.config/tessera/settings.json");
  ::unsetenv("XDG_CONFIG_HOME");
  ::unsetenv("HOME");
  CHECK(settings_file().empty());
}

}  // namespace tessera::test::settings_test
