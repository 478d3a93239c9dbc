// `tessera figure overview`, where this machine can draw without a window.
#include <algorithm>
#include <filesystem>

#include "cli/tessera.h"
#include "support/catch.h"
#include "support/paths.h"
#include "support/temporary_folder.h"
#include "tessera/image/load.h"

namespace tessera::test {
namespace {

// Whether `run` failed because there is nothing to draw with; says so.
bool cannot_draw(const Finished& run) {
  if (run.exit_code != 1 || run.err.find("EGL") == std::string::npos) return false;
  WARN("passed over: " + run.err);
  return true;
}

}  // namespace

TEST_CASE("the overview is drawn into a PNG of the wanted width", "[cli]") {
  const TemporaryFolder folder;
  const std::filesystem::path file = folder.path() / "overview.png";
  const Finished run =
      tessera({"figure", "overview", bundled_image("chelsea.png"), "-o", file, "--width", "1440"});
  if (cannot_draw(run)) return;
  CAPTURE(run.err);
  REQUIRE(run.exit_code == 0);
  CHECK(run.out.find("overview.png") != std::string::npos);
  const Image picture = image::load(file);
  CHECK(picture.width == 1440);
  // Heat maps and a photograph have many colours; an empty page has few.
  std::vector<int> colours;
  for (std::size_t i = 0; i + 2 < picture.rgb.size(); i += 3)
    colours.push_back(picture.rgb[i] << 16 | picture.rgb[i + 1] << 8 | picture.rgb[i + 2]);
  std::sort(colours.begin(), colours.end());
  CHECK(std::unique(colours.begin(), colours.end()) - colours.begin() > 1000);
}

TEST_CASE("a figure that cannot be made leaves no file", "[cli]") {
  const TemporaryFolder folder;
  const std::filesystem::path file = folder.path() / "overview.png";
  const Finished run = tessera({"figure", "overview", "no_such_picture.png", "-o", file});
  if (cannot_draw(run)) return;
  CHECK(failed_with(run, 1, "no_such_picture.png"));
  CHECK_FALSE(std::filesystem::exists(file));
  CHECK(
      failed_with(tessera({"figure", "overview", bundled_image("coffee.png"), "-o", "/nowhere/overview.png"}),
                  1, "/nowhere"));
}

}  // namespace tessera::test
