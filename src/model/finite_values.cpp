#include "model/finite_values.h"

#include <algorithm>
#include <atomic>
#include <bit>
#include <cmath>
#include <cstdint>
#include <limits>
#include <set>
#include <span>
#include <string_view>

#include "model/pieces.h"

namespace tessera::model {
namespace {

// Of what is no finite number all bits of the exponent are set.
bool all_finite(std::span<const float> values) {
  constexpr std::int32_t sign = std::numeric_limits<std::int32_t>::min(), infinity = 0x7f800000;
  std::int32_t largest = 0;
  for (const float value : values) largest = std::max(largest, std::bit_cast<std::int32_t>(value) & ~sign);
  return largest < infinity;
}

bool all_finite(const at::Tensor& tensor) {
  if (!tensor.device().is_cpu() || tensor.scalar_type() != at::kFloat ||
      !tensor.is_non_overlapping_and_dense())
    return at::isfinite(tensor).all().item<bool>();
  // Weights may take half of the memory: nothing as large as they are is made on the way.
  const std::span values(tensor.const_data_ptr<float>(), std::size_t(tensor.numel()));
  std::atomic<bool> finite = true;
  in_pieces(values.size(), std::size_t(1) << 18, [&](std::size_t begin, std::size_t end) {
    if (!all_finite(values.subspan(begin, end - begin))) finite = false;
  });
  return finite;
}

bool is_finite(const c10::IValue& constant) {
  if (constant.isTensor()) return !constant.toTensor().defined() || all_finite(constant.toTensor());
  if (constant.isDouble()) return std::isfinite(constant.toDouble());
  return constant.isNone() || constant.isInt() || constant.isBool() || constant.isIntList() ||
         constant.isString() || constant.isDevice();
}

bool keeps_finite(const jit::Node& node) {
  static const std::set<std::string_view> names{"add",
                                                "sub",
                                                "mul",
                                                "addcmul",
                                                "conv2d",
                                                "linear",
                                                "relu",
                                                "relu6",
                                                "hardtanh",
                                                "clamp",
                                                "leaky_relu",
                                                "elu",
                                                "gelu",
                                                "silu",
                                                "sigmoid",
                                                "tanh",
                                                "hardswish",
                                                "hardsigmoid",
                                                "softmax",
                                                "max_pool2d",
                                                "avg_pool2d",
                                                "mean",
                                                "cat",
                                                "adaptive_avg_pool2d",
                                                "flatten",
                                                "reshape",
                                                "permute",
                                                "transpose",
                                                "slice",
                                                "select",
                                                "squeeze",
                                                "unsqueeze",
                                                "contiguous",
                                                "pad",
                                                "size",
                                                "upsample_nearest2d",
                                                "constant_pad_nd"};
  if (node.kind() == c10::prim::ListConstruct) return true;
  const std::string_view name = node.kind().toQualString();
  return name.starts_with("aten::") && names.contains(name.substr(6));
}

}  // namespace

std::unordered_set<const jit::Value*> finite_values(const FlatGraph& flat) {
  std::unordered_set<const jit::Value*> finite{flat.picture};
  for (const jit::Node* node : flat.graph->nodes()) {
    bool holds = false;
    if (node->kind() == c10::prim::Constant) {
      const auto constant = jit::toIValue(node->output());
      holds = constant && is_finite(*constant);
    } else {
      const auto inputs = node->inputs();
      holds = keeps_finite(*node) && std::all_of(inputs.begin(), inputs.end(), [&](const jit::Value* input) {
                return finite.contains(input);
              });
    }
    if (holds) finite.insert(node->outputs().begin(), node->outputs().end());
  }
  return finite;
}

}  // namespace tessera::model
