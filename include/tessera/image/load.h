#pragma once

#include <cstddef>
#include <filesystem>

#include "tessera/image/image.h"

namespace tessera::image {

struct LoadLimits {
  // Larger pictures are refused before their pixels are decoded.
  std::size_t most_pixels = 100'000'000;
  // A picture with a longer side than this is reduced to it while loading, antialiased.
  int longest_side = 4096;
};

// Reads PNG, JPEG, BMP, TGA, GIF (first frame), PSD, HDR, PNM through stb_image. Grey becomes RGB; alpha is composited on
// white; 16-bit samples are rounded to 8; the EXIF orientation is applied. Peak memory stays within about twice the
// decoded size. Safe on any thread.
// Throws Error: no such file, not an image, broken, CMYK, too large.
Image load(const std::filesystem::path& file, const LoadLimits& limits = {});

}  // namespace tessera::image
