#pragma once

#include <optional>
#include <string_view>

namespace tessera::image {

// The first digit that an XMP packet gives as tiff:Orientation, as an attribute or as an element; nothing
// where there is none. Looks for these two ways of writing it, as Pillow does, and reads no XML: the packet
// may be damaged or huge.
std::optional<int> xmp_orientation(std::string_view packet);

}  // namespace tessera::image
