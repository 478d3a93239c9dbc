#pragma once

#include "tessera/image/image.h"

namespace tessera::test {

// A picture that can be told from those of other seeds: bands in two colours that follow from the seed, in
// the direction that it gives them.
Image fake_picture(int width, int height, int seed);

}  // namespace tessera::test
