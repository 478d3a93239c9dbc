#pragma once

#include <filesystem>
#include <map>
#include <string>

#include "tessera/image/image.h"

namespace tessera::image {

// Writes a PNG (8-bit RGB, sRGB chunk) with UTF-8 text chunks (keyword -> text), atomically: the file is whole or as it
// was before. `pixels_per_inch` is written as pHYs when positive. Throws Error.
void save_png(const Image& picture, const std::filesystem::path& file,
              const std::map<std::string, std::string>& texts = {}, double pixels_per_inch = 0);

}  // namespace tessera::image
