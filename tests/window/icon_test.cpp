#include "app/window/icon.h"

#include <fstream>

#include "support/catch.h"
#include "support/paths.h"
#include "support/temporary_folder.h"

namespace tessera::test::icon_test {

using namespace tessera;
using namespace tessera::app;

TEST_CASE("the bundled icon is a square with clear corners and an opaque heart", "[window]") {
  const Icon icon = load_icon(test::source_folder() / "assets" / "icon.png");
  REQUIRE(icon.side >= 128);
  REQUIRE(icon.rgba.size() == std::size_t(icon.side) * std::size_t(icon.side) * 4);
  CHECK(icon.rgba[3] == 0);
  const std::size_t tessera = std::size_t(icon.side) * 5 / 8;  // the middle of the third of four
  CHECK(icon.rgba[(tessera * std::size_t(icon.side) + tessera) * 4 + 3] == 255);
}

TEST_CASE("a window does without an icon that is missing or broken", "[window]") {
  const test::TemporaryFolder folder;
  CHECK(load_icon(folder.path() / "none.png").side == 0);
  std::ofstream(folder.path() / "broken.png") << "\x89PNG\r\n\x1a\nnonsense";
  CHECK(load_icon(folder.path() / "broken.png").side == 0);
  CHECK(load_icon(test::bundled_image("chelsea.png")).side == 0);
}

}  // namespace tessera::test::icon_test
