#pragma once

#include <cstddef>
#include <span>

#include "tessera/image/image.h"

namespace tessera::image {

// The value of the EXIF tag Orientation, 1 to 8 (what has to be done to the stored rows to see the picture
// upright); 1 where there is none or it makes no sense. `exif` is a TIFF structure, as in a JPEG's APP1 after
// "Exif\0\0".
int exif_orientation(std::span<const std::byte> exif);

// The upright picture. 1 leaves it, 2 and 4 mirror it, 3 turns it by half; 5 to 8 exchange width and height.
Image upright(Image stored, int orientation);

}  // namespace tessera::image
