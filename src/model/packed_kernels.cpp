#include "model/packed_kernels.h"

#include <ATen/Context.h>
#include <ATen/core/dispatch/Dispatcher.h>

namespace tessera::model {
namespace {

constexpr const char* reorder = "mkldnn::_reorder_convolution_weight";

bool takes_packed_kernels(const char* name, const char* overload) {
  const auto found = c10::Dispatcher::singleton().findSchema({name, overload});
  return found && found->hasKernelForDispatchKey(c10::DispatchKey::MkldnnCPU);
}

}  // namespace

bool PackedKernels::available() {
  static const bool exist = c10::Dispatcher::singleton().findSchema({reorder, ""}) &&
                            takes_packed_kernels("mkldnn::_convolution_pointwise", "") &&
                            takes_packed_kernels("mkldnn::_convolution_pointwise", "binary");
  return exist && at::globalContext().hasMKLDNN() && at::globalContext().userEnabledMkldnn();
}

bool PackedKernels::has(const Convolution& convolution) {
  const at::Tensor& weight = convolution.weight;
  return available() && weight.dim() == 4 && weight.device().is_cpu() && weight.scalar_type() == at::kFloat &&
         weight.layout() == at::kStrided;
}

at::Tensor PackedKernels::convolve(const at::Tensor& input, const Convolution& convolution) {
  // One batch's kernel serves all of them.
  std::vector<std::int64_t> sizes = input.sizes().vec();
  sizes[0] = 1;
  jit::Stack stack{input,
                   of(convolution, sizes),
                   convolution.bias.defined() ? c10::IValue(convolution.bias) : c10::IValue(),
                   convolution.padding,
                   convolution.stride,
                   convolution.dilation,
                   convolution.groups,
                   "none",
                   c10::List<std::optional<at::Scalar>>(),
                   c10::IValue()};
  c10::Dispatcher::singleton().findSchemaOrThrow("mkldnn::_convolution_pointwise", "").callBoxed(stack);
  return std::move(stack.at(0)).toTensor();
}

const at::Tensor& PackedKernels::of(const Convolution& convolution, const std::vector<std::int64_t>& input) {
  const void* address = convolution.weight.unsafeGetTensorImpl();
  const auto [first, last] = kept_.equal_range(address);
  for (auto found = first; found != last; ++found) {
    const Packed& packed = found->second;
    if (packed.input == input && packed.convolution.stride == convolution.stride &&
        packed.convolution.padding == convolution.padding &&
        packed.convolution.dilation == convolution.dilation &&
        packed.convolution.groups == convolution.groups)
      return packed.kernel;
  }
  jit::Stack stack{convolution.weight,   convolution.padding, convolution.stride,
                   convolution.dilation, convolution.groups,  input};
  c10::Dispatcher::singleton().findSchemaOrThrow(reorder, "").callBoxed(stack);
  return kept_.emplace(address, Packed{convolution, input, stack.at(0).toTensor()})->second.kernel;
}

}  // namespace tessera::model
