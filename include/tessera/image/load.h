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
  // Bytes that the decoder may hold at once, and the largest file that is read. It needs about twice the
  // decoded picture, three times for a progressive JPEG: enough here for 100 megapixels of any kind but
  // 16-bit noise.
  std::size_t most_memory = 2'000'000'000;
};

// Reads JPEG through libjpeg-turbo, PNG, BMP, GIF (first frame), PPM and PGM through stb_image; other formats
// are refused by name. Grey becomes RGB, and so do a JPEG's CMYK and YCCK, by the ink that each leaves; alpha
// is composited on white; 16-bit samples are rounded to 8. Colour profiles are not applied: the samples are
// taken for sRGB.
//
// Samples are Pillow's. The fourth byte of a BMP's pixels is alpha only where its header has a mask for it.
//
// The picture is made upright as Pillow's `exif_transpose` does: by the EXIF tag Orientation (in a JPEG's
// APP1, a PNG's eXIf or "Raw profile type exif"; of any type of whole numbers but BYTE), or by
// tiff:Orientation in XMP where EXIF has no such tag.
//
// A picture is shown whole or not at all: a file that ends too early, even in its last row or before its end
// marker, is refused, and so are a PNG with a wrong checksum and a JPEG whose pixels end before they should.
// A JPEG has no checksums: damage in its middle that still decodes shows in the picture and cannot be told.
//
// Peak memory: the file, what the decoder holds (see LoadLimits), and the result of at most longest_side
// squared pixels, twice where it has to be turned. Nothing is allocated on the word of a header that the file
// is too short to keep.
//
// Safe on any thread. Throws Error: no such file, not a picture, truncated, damaged, a kind that would be
// shown wrongly, too large.
Image load(const std::filesystem::path& file, const LoadLimits& limits = {});

}  // namespace tessera::image
