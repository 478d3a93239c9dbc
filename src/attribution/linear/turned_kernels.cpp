#include "attribution/linear/turned_kernels.h"

namespace tessera::attribution {

const at::Tensor& TurnedKernels::of(const at::Tensor& weight, bool depthwise) {
  Turned& kept = kept_[weight.unsafeGetTensorImpl()];
  if (!kept.turned.defined()) {
    const at::Tensor turned = weight.flip({2, 3});
    kept = {weight, (depthwise ? turned : turned.transpose(0, 1)).contiguous(at::MemoryFormat::ChannelsLast)};
  }
  return kept.turned;
}

}  // namespace tessera::attribution
