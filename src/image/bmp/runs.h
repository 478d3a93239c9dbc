#pragma once

#include <cstddef>
#include <string>
#include <vector>

#include "image/bmp/header.h"

namespace tessera::image {

// The pixels of a BMP that is packed into runs (RLE4, RLE8), as it would have them at 8 bits without packing:
// numbers of colours, rows in the file's order, each filled up to a multiple of four bytes. What the runs
// leave out is colour 0. Takes no more memory than has been filled. Throws Error where the runs end before
// the picture.
std::vector<std::byte> unpack_runs(const BmpHeader& header, const std::string& where);

}  // namespace tessera::image
