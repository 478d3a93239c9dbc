#pragma once

#include <cstdint>

#include "image/decode.h"

namespace tessera::image {

// Writes row `y` as 8-bit RGB (width * 3 bytes): grey is repeated, alpha composited on white in the picture's
// own (sRGB) values as browsers do, 16 bits rounded to 8 at the very end.
void flatten_row(const Decoded& picture, int y, std::uint8_t* rgb);

}  // namespace tessera::image
