#pragma once

#include <optional>
#include <string_view>

namespace tessera::image {

// The value of the tag Orientation in the first directory of EXIF data, whatever it is; 0 where its type is
// no number; nothing where there is no such tag. `exif` is a TIFF structure, with or without the "Exif\0\0"
// of a JPEG before it. As in Pillow, a tag of type BYTE counts for no number: it is bytes.
std::optional<int> exif_orientation(std::string_view exif);

}  // namespace tessera::image
