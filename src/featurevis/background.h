#pragma once

#include <vector>

#include "featurevis/random.h"
#include "featurevis/spectrum.h"

namespace tessera::featurevis {

// Smooth random pictures, for what is not opaque of an alpha icon to stand before.
class Background {
 public:
  Background(int width, int height);

  // Another one: [pixel][3], colours in [0, 1].
  void draw(Random& random, std::vector<float>& pixels) const;

 private:
  int width_;
  int height_;
  Spectrum spectrum_;
};

}  // namespace tessera::featurevis
