#pragma once

#include <string_view>

#include "tessera/image/image.h"

namespace tessera::image {

// What has to be done to the stored rows to see the picture upright, 1 to 8 as EXIF counts; 1 where nothing
// is said that makes sense. EXIF (a TIFF structure, as in a JPEG's APP1) says it; where EXIF has no such tag,
// an XMP packet does, as for Pillow's `exif_transpose`. Either may be empty.
int orientation(std::string_view exif, std::string_view xmp);

// The upright picture. 1 leaves it, 2 and 4 mirror it, 3 turns it by half; 5 to 8 exchange width and height.
Image upright(Image stored, int orientation);

}  // namespace tessera::image
