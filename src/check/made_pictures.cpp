#include "check/made_pictures.h"

#include <algorithm>
#include <array>
#include <cmath>
#include <random>

namespace tessera::check {
namespace {

struct Look {
  double centre;  // of 0 to 1
  double spread;
  double grain;
};
constexpr std::array looks{Look{.5, .35, .05}, Look{.12, .1, .02}, Look{.85, .08, .01}, Look{.5, .7, .12}};

Image scene(int width, int height, const Look& look, unsigned seed) {
  std::mt19937 random(seed);
  const auto draw = [&](double least, double most) {
    return least + (most - least) * (double(random()) / double(random.max()));
  };
  struct Wave {
    double across, down, phase, size;
  };
  std::array<std::array<Wave, 5>, 3> waves{};
  for (auto& channel : waves)
    for (Wave& wave : channel) wave = {draw(-4, 4), draw(-4, 4), draw(0, 6.28), draw(.2, .6)};
  const double spot_x = draw(.15, .4), spot_y = draw(.6, .85);
  Image picture(width, height);
  for (int y = 0; y < height; ++y)
    for (int x = 0; x < width; ++x) {
      const double u = double(x) / width, v = double(y) / height;
      const double spot = std::exp(-((u - spot_x) * (u - spot_x) + (v - spot_y) * (v - spot_y)) / .02);
      for (std::size_t c = 0; c < 3; ++c) {
        double value = spot;
        for (const Wave& wave : waves[c])
          value += wave.size * std::sin(6.28 * (wave.across * u + wave.down * v) + wave.phase);
        value = look.centre + look.spread * value / 2 + draw(-look.grain, look.grain);
        picture.rgb[3 * (std::size_t(y) * std::size_t(width) + std::size_t(x)) + c] =
            std::uint8_t(std::lround(255 * std::clamp(value, 0.0, 1.0)));
      }
    }
  return picture;
}

}  // namespace

std::vector<Image> made_pictures(int width, int height) {
  std::vector<Image> pictures;
  for (std::size_t i = 0; i < looks.size(); ++i)
    pictures.push_back(scene(width, height, looks[i], unsigned(i + 1)));
  return pictures;
}

}  // namespace tessera::check
