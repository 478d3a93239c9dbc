#include "ui/fake_pictures.h"

#include <cmath>

namespace tessera::test {

Image fake_picture(int width, int height, int seed) {
  Image made(width, height);
  const double angle = 0.7 * seed;
  const double along = std::cos(angle), across = std::sin(angle);
  const double bands = 1.5 + seed % 4;
  for (int y = 0; y < height; ++y)
    for (int x = 0; x < width; ++x) {
      const double at = along * (x + 0.5) / width + across * (y + 0.5) / height;
      const double share = 0.5 + 0.5 * std::sin(6.2832 * bands * at);
      for (int c = 0; c < 3; ++c) {
        const double one = 90 + (seed * 53 + c * 71) % 140;
        const double other = 90 + (seed * 31 + c * 97 + 40) % 140;
        made.pixel(x, y)[c] = std::uint8_t(one * share + other * (1 - share));
      }
    }
  return made;
}

}  // namespace tessera::test
