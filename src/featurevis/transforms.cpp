#include "featurevis/transforms.h"

#include <cmath>
#include <numbers>

namespace tessera::featurevis {

Transform draw(const TransformRange& range, Random& random) {
  Transform transform;
  transform.x = random.below(range.jitter + 1) - range.jitter / 2;
  transform.y = random.below(range.jitter + 1) - range.jitter / 2;
  transform.scale = 1 + range.scale_step * (random.below(range.scales) - range.scales / 2);
  const int angle = random.below(2 * range.degrees + 1 + range.upright);
  transform.degrees = angle > 2 * range.degrees ? 0 : angle - range.degrees;
  transform.x_after = random.below(range.jitter_after + 1) - range.jitter_after / 2;
  transform.y_after = random.below(range.jitter_after + 1) - range.jitter_after / 2;
  return transform;
}

kernels::Affine to_affine(const Transform& transform, int size, int width, int height) {
  const double seen = seen_size(size);
  const double angle = transform.degrees * std::numbers::pi / 180;
  const double cosine = std::cos(angle) / transform.scale;
  const double sine = std::sin(angle) / transform.scale;
  // From the network's pixels, about their centre, back to the picture's.
  const double step_x = seen / width;
  const double step_y = seen / height;
  const double centre_x = -(width - 1) / 2.0 * step_x - transform.x_after;
  const double centre_y = -(height - 1) / 2.0 * step_y - transform.y_after;
  const double middle = (size - 1) / 2.0;
  kernels::Affine map;
  map.xx = float(cosine * step_x);
  map.xy = float(-sine * step_y);
  map.x0 = float(cosine * centre_x - sine * centre_y - transform.x + middle);
  map.yx = float(sine * step_x);
  map.yy = float(cosine * step_y);
  map.y0 = float(sine * centre_x + cosine * centre_y - transform.y + middle);
  return map;
}

}  // namespace tessera::featurevis
