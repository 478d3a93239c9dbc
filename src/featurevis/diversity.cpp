#include "featurevis/diversity.h"

namespace tessera::featurevis {

Likeness likeness(const at::Tensor& features) {
  const std::int64_t n = features.size(0);
  const at::Tensor gram = at::bmm(features.transpose(1, 2), features);  // [N,C,C]
  const at::Tensor length = gram.flatten(1).norm(2, 1).clamp_min(1e-12).view({n, 1, 1});
  const at::Tensor unit = gram / length;
  const at::Tensor rest = unit.sum(0, true) - unit;  // of all others
  const double pairs = (unit * rest).sum().item<double>();
  // Every pair is in the sum twice.
  const at::Tensor by_unit = rest * (2.0 / double(n));
  const at::Tensor along = (by_unit * unit).flatten(1).sum(1).view({n, 1, 1});
  const at::Tensor by_gram = (by_unit - along * unit) / length;
  return {float(pairs / double(n)), 2 * at::bmm(features, by_gram)};
}

}  // namespace tessera::featurevis
