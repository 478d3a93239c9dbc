#include "attribution/linear/blur.h"

namespace tessera::attribution {

at::Tensor blurred(const at::Tensor& maps) {
  const at::Tensor line = at::tensor({1.0, 2.0, 1.0}, maps.options()) / 4;
  const at::Tensor kernel = at::outer(line, line).expand({maps.size(1), 1, 3, 3});
  return at::conv2d(maps, kernel, {}, 1, 1, 1, maps.size(1));
}

}  // namespace tessera::attribution
