// `tessera` on a machine without a display.
#include <algorithm>
#include <filesystem>
#include <fstream>
#include <iterator>

#include "cli/tessera.h"
#include "support/catch.h"
#include "support/paths.h"
#include "support/temporary_folder.h"
#include "tessera/image/load.h"

namespace tessera::test::no_display_test {
namespace {

const std::map<std::string, std::string> no_display{{"DISPLAY", ""}, {"WAYLAND_DISPLAY", ""}};

// In `folder`, since the picture goes where the user stands.
Finished tessera_in(const std::filesystem::path& folder, std::vector<std::string> arguments) {
  arguments.insert(arguments.begin(), {"-C", folder.string(), TESSERA_EXECUTABLE});
  return run_program("/usr/bin/env", arguments, no_display);
}

std::string content(const std::filesystem::path& file) {
  std::ifstream in(file, std::ios::binary);
  return {std::istreambuf_iterator<char>(in), {}};
}

}  // namespace

TEST_CASE("without a display the overview is drawn into a file that is named", "[cli]") {
  const TemporaryFolder folder;
  const Finished run = tessera_in(folder.path(), {bundled_image("coffee.png")});
  skip_without_drawing(run);
  CAPTURE(run.err);
  REQUIRE(run.exit_code == 0);
  CHECK(run.err.find("no display") != std::string::npos);
  CHECK(run.err.find("coffee-overview.png") != std::string::npos);
  const std::filesystem::path file = folder.path() / "coffee-overview.png";
  CHECK(image::load(file).width > 1000);

  // What it shows, without telling where this machine keeps it.
  const std::string bytes = content(file);
  CHECK(bytes.find(R"("figure":"overview")") != std::string::npos);
  CHECK(bytes.find(R"("file":"coffee.png")") != std::string::npos);
  CHECK(bytes.find(R"("file":"efficientnet_lite0.pt","hash":")") != std::string::npos);
  CHECK(bytes.find(source_folder().string()) == std::string::npos);
}

TEST_CASE("a screenshot of a window that cannot be opened is refused", "[cli]") {
  const TemporaryFolder folder;
  const Finished run = tessera_in(folder.path(), {bundled_image("coffee.png"), "--screenshot", "window.png"});
  CHECK(failed_with(run, 1, "no display"));
  CHECK(std::filesystem::is_empty(folder.path()));
}

}  // namespace tessera::test::no_display_test
