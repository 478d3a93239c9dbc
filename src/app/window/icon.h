#pragma once

#include <cstdint>
#include <filesystem>
#include <vector>

namespace tessera::app {

// A square picture with opacity, four bytes a pixel, from the top left. Side 0: none.
struct Icon {
  int side = 0;
  std::vector<std::uint8_t> rgba;
};

// Reads a PNG; an empty icon where there is none or it is not square: a window can do without.
Icon load_icon(const std::filesystem::path& file);

}  // namespace tessera::app
