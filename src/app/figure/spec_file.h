#pragma once

#include <filesystem>
#include <string>

#include "tessera/figure/setting.h"

namespace tessera::app {

// What a file with a figure's grammar asks to be drawn.
struct FigureOfSpec {
  std::string figure;  // a name in the catalogue: the built-in one that it is, else "space"
  figure::Settings settings;
};

// Throws Error where the file cannot be read or is no legal grammar.
FigureOfSpec figure_of_spec(const std::filesystem::path& file);

}  // namespace tessera::app
