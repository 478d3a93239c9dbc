#include "model/finite_values.h"

#include <algorithm>
#include <cmath>
#include <set>
#include <string_view>

namespace tessera::model {
namespace {

bool is_finite(const c10::IValue& constant) {
  if (constant.isTensor())
    return !constant.toTensor().defined() || at::isfinite(constant.toTensor()).all().item<bool>();
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
