#pragma once

#include <vector>

#include "tessera/image/image.h"

namespace tessera::check {

// Pictures of a size whose least, greatest, mean and deviation differ, without symmetry: a textured scene, a
// dark one, a pale one and one of strong colours. The same ones every time.
std::vector<Image> made_pictures(int width, int height);

}  // namespace tessera::check
