#include "support/paths.h"

#include <cstdlib>

#include "support/skip.h"

namespace tessera::test {

std::filesystem::path source_folder() { return TESSERA_SOURCE_FOLDER; }
std::filesystem::path binary_folder() { return TESSERA_BINARY_FOLDER; }
std::filesystem::path data(const std::string& name) { return source_folder() / "tests" / "data" / name; }
std::filesystem::path bundled_model() { return source_folder() / "models" / "efficientnet_lite0.pt"; }
std::filesystem::path bundled_image(const std::string& name) {
  return source_folder() / "assets" / "images" / name;
}

std::filesystem::path reference(const std::string& name) {
  const char* named = std::getenv("TESSERA_REFERENCE");
  const std::filesystem::path folder =
      named ? std::filesystem::path(named) : source_folder() / ".." / "shared" / "reference";
  if (std::filesystem::path file = folder / name; std::filesystem::exists(file))
    return file.lexically_normal();
  skip("no recorded reference " + name + " on this machine");
}

}  // namespace tessera::test
