#pragma once

#include <cstddef>
#include <span>
#include <string>

#include "tessera/image/image.h"

namespace tessera::featurevis {

// An icon's picture from a PNG or JPEG. Throws Error where it is damaged or not `size` pixels a side, and
// holds no more memory than such a picture needs.
Image read_icon_picture(std::span<const std::byte> bytes, int size, const std::string& where);

}  // namespace tessera::featurevis
