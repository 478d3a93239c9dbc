#include "attribution/linear/turned_kernels.h"

namespace tessera::attribution {

at::Tensor turned_kernel(const at::Tensor& weight, bool depthwise) {
  const at::Tensor turned = weight.flip({2, 3});
  return (depthwise ? turned : turned.transpose(0, 1)).contiguous(at::MemoryFormat::ChannelsLast);
}

const at::Tensor& TurnedKernels::of(const at::Tensor& weight, bool depthwise) {
  Turned& kept = kept_[weight.unsafeGetTensorImpl()];
  if (!kept.turned.defined()) kept = {weight, turned_kernel(weight, depthwise)};
  return kept.turned;
}

at::Tensor TurnedKernels::convolve(const at::Tensor& maps, const model::Convolution& convolution) const {
  if (maps.scalar_type() == at::kFloat && model::PackedKernels::has(convolution))
    return packed_.convolve(maps, convolution);
  return at::conv2d(maps, convolution.weight, {}, convolution.stride, convolution.padding,
                    convolution.dilation, convolution.groups);
}

}  // namespace tessera::attribution
