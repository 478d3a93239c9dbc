#pragma once

#include "tessera/image/image.h"

namespace tessera::render {

// The least whole factor by which a picture must shrink so that no side exceeds `longest_side`.
int reduction_to_fit(const Image& image, int longest_side);

// Every pixel the mean of factor x factor pixels (fewer at the right and lower edge).
Image reduced(const Image& image, int factor);

}  // namespace tessera::render
