#pragma once

#include "tessera/image/image.h"

namespace tessera::test {

// How differently two pictures look, measured where an eye would: the colours of blocks of 8 x 8 pixels,
// averaged in OKLab. Another hinting of letters or smoothing of edges moves a block by a few thousandths;
// black for white is 1.
struct Difference {
  double mean = 0;      // over the blocks
  double greatest = 0;  // of one block
  Image picture;        // one pixel a block: white where nothing differs, black from 0.2 on
};

// Pictures of different sizes differ by infinity, without a picture.
Difference difference(const Image& a, const Image& b);

}  // namespace tessera::test
