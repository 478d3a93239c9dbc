#include "golden/difference.h"

#include <algorithm>
#include <array>
#include <cmath>
#include <limits>

#include "render/oklab.h"

namespace tessera::test {
namespace {

constexpr int side = 8;
constexpr double black_from = 0.2;

std::array<double, 3> mean_color(const Image& picture, int left, int top) {
  std::array<double, 3> sum{};
  int pixels = 0;
  for (int y = top; y < std::min(top + side, picture.height); ++y)
    for (int x = left; x < std::min(left + side, picture.width); ++x, ++pixels) {
      const std::uint8_t* rgb = picture.pixel(x, y);
      const render::Oklab lab = render::to_oklab(render::Rgb{rgb[0], rgb[1], rgb[2]});
      sum[0] += double(lab.lightness);
      sum[1] += double(lab.a);
      sum[2] += double(lab.b);
    }
  for (double& value : sum) value /= pixels;
  return sum;
}

}  // namespace

Difference difference(const Image& a, const Image& b) {
  constexpr double infinity = std::numeric_limits<double>::infinity();
  if (a.width != b.width || a.height != b.height) return {infinity, infinity, {}};
  Difference found;
  found.picture = Image((a.width + side - 1) / side, (a.height + side - 1) / side);
  for (int y = 0; y < found.picture.height; ++y)
    for (int x = 0; x < found.picture.width; ++x) {
      const auto of_a = mean_color(a, x * side, y * side), of_b = mean_color(b, x * side, y * side);
      const double apart = std::hypot(of_a[0] - of_b[0], of_a[1] - of_b[1], of_a[2] - of_b[2]);
      found.mean += apart;
      found.greatest = std::max(found.greatest, apart);
      std::fill_n(found.picture.pixel(x, y), 3, std::uint8_t(255 * (1 - std::min(1.0, apart / black_from))));
    }
  found.mean /= double(found.picture.width) * found.picture.height;
  return found;
}

}  // namespace tessera::test
