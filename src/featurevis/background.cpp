#include "featurevis/background.h"

#include "featurevis/kernels/kernels.h"

namespace tessera::featurevis {
namespace {

constexpr int coarse = 24;         // pixels a side before it is enlarged: nothing finer is in it
constexpr float smoothness = .5f;  // amplitudes fall with frequency to the power 1.5
constexpr float strength = .6f;    // of the spectrum's numbers: colours reach from dark to bright

}  // namespace

Background::Background(int width, int height)
    : width_(width), height_(height), spectrum_(coarse, 3, 0, smoothness) {}

void Background::draw(Random& random, std::vector<float>& pixels) const {
  std::vector<float> numbers(spectrum_.numbers());
  for (float& number : numbers) number = strength * random.normal();
  std::vector<float> planes(3 * spectrum_.pixels());
  spectrum_.to_planes(numbers.data(), planes.data());
  std::vector<float> straight(4 * spectrum_.pixels());
  std::vector<float> canvas(straight.size());
  const kernels::Set& kernels = kernels::best();
  kernels.develop(planes.data(), spectrum_.pixels(), false, straight.data(), canvas.data());
  // Its outermost pixels' centres become the corners, so that nothing outside is seen.
  kernels::Affine map;
  map.xx = float(coarse - 1) / float(width_);
  map.yy = float(coarse - 1) / float(height_);
  map.x0 = map.xx / 2;
  map.y0 = map.yy / 2;
  std::vector<float> enlarged(4 * std::size_t(width_) * std::size_t(height_));
  kernels.warp(canvas.data(), coarse, map, width_, height_, enlarged.data());
  pixels.resize(3 * std::size_t(width_) * std::size_t(height_));
  for (std::size_t i = 0; i < pixels.size() / 3; ++i)
    for (std::size_t k = 0; k < 3; ++k) pixels[3 * i + k] = enlarged[4 * i + k];
}

}  // namespace tessera::featurevis
