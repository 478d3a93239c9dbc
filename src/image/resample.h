#pragma once

#include <cstdint>
#include <functional>

#include "image/filter.h"
#include "tessera/image/image.h"

namespace tessera::image {

// Gives a row of the source, 8-bit RGB; asked from top to bottom, each row at most once. What it returns need
// only last until the next call.
using RowSource = std::function<const std::uint8_t*(int y)>;

// Resamples to horizontal.count x vertical.count, across first and then down, rounding to 8 bits in between
// as Pillow does. Holds only the few source rows that one wanted row needs.
Image resample(const Axis& horizontal, const Axis& vertical, const RowSource& row);

}  // namespace tessera::image
