#include "check/wide_network.h"

#include <optional>

namespace tessera::check {
namespace {

c10::IValue wide(const c10::IValue& value) {
  if (value.isTensor()) {
    const at::Tensor tensor = value.toTensor();
    if (!tensor.defined()) return value;
    if (tensor.is_complex()) return tensor.to(at::kComplexDouble);
    return tensor.is_floating_point() ? tensor.to(at::kDouble) : tensor;
  }
  if (!value.isTensorList()) return value;
  std::vector<at::Tensor> list = value.toTensorVector();
  for (at::Tensor& tensor : list) tensor = wide(tensor).toTensor();
  return list;
}

// A depthwise convolution in float64, which LibTorch computes channel by channel, a hundred times as slow:
// the sum of the kernel's elements times the picture moved by them. Nothing for all others.
std::optional<at::Tensor> depthwise(const jit::Node& node, const jit::Stack& stack) {
  if (node.kind() != c10::aten::conv2d || stack.size() != 7 || !stack[4].isIntList()) return std::nullopt;
  const at::Tensor input = stack[0].toTensor(), kernel = stack[1].toTensor();
  if (input.dim() != 4 || kernel.size(1) != 1 || kernel.size(0) != input.size(1) ||
      stack[6].toInt() != input.size(1))
    return std::nullopt;
  const auto pair = [](const c10::IValue& value) {
    const std::vector<std::int64_t> list = value.toIntVector();
    return std::pair(list.front(), list.back());
  };
  const auto stride = pair(stack[3]), padding = pair(stack[4]), dilation = pair(stack[5]);
  const at::Tensor padded =
      at::constant_pad_nd(input, {padding.second, padding.second, padding.first, padding.first});
  const std::int64_t rows = (padded.size(2) - dilation.first * (kernel.size(2) - 1) - 1) / stride.first + 1;
  const std::int64_t columns =
      (padded.size(3) - dilation.second * (kernel.size(3) - 1) - 1) / stride.second + 1;
  at::Tensor sum = at::zeros({input.size(0), input.size(1), rows, columns}, input.options());
  for (std::int64_t y = 0; y < kernel.size(2); ++y)
    for (std::int64_t x = 0; x < kernel.size(3); ++x) {
      const std::int64_t top = y * dilation.first, left = x * dilation.second;
      const at::Tensor moved = padded.slice(2, top, top + (rows - 1) * stride.first + 1, stride.first)
                                   .slice(3, left, left + (columns - 1) * stride.second + 1, stride.second);
      sum.addcmul_(moved, kernel.select(3, x).select(2, y).view({1, -1, 1, 1}));
    }
  if (stack[2].isTensor() && stack[2].toTensor().defined()) sum += stack[2].toTensor().view({1, -1, 1, 1});
  return sum;
}

}  // namespace

WideNetwork::WideNetwork(const model::FlatGraph& flat) : flat_(flat) {
  for (const jit::Node* node : flat.graph->nodes())
    if (node->kind() == c10::prim::Constant)
      if (const auto value = jit::toIValue(node->output())) values_[node->output()] = wide(*value);
}

std::vector<c10::IValue> WideNetwork::run(const jit::Node& node, const Values& known) const {
  jit::Stack stack;
  for (const jit::Value* input : node.inputs()) {
    const auto found = known.find(input);
    stack.push_back(found != known.end() ? found->second : values_.at(input));
  }
  if (node.kind() == c10::prim::ListConstruct) {
    c10::impl::GenericList list(node.output()->type()->expectRef<c10::ListType>().getElementType());
    for (c10::IValue& value : stack) list.push_back(std::move(value));
    return {list};
  }
  if (node.kind() == c10::prim::ListUnpack) {
    const c10::List<c10::IValue> list = stack.at(0).toList();
    return {list.begin(), list.end()};
  }
  if (std::optional<at::Tensor> sum = depthwise(node, stack)) return {*sum};
  // What is made or converted in 32 bits is wanted in 64.
  if (const c10::FunctionSchema* schema = node.maybeSchema())
    for (std::size_t i = 0; i < stack.size() && i < schema->arguments().size(); ++i)
      if (schema->arguments()[i].name() == "dtype" && stack[i].isInt() &&
          stack[i].toInt() == std::int64_t(at::kFloat))
        stack[i] = std::int64_t(at::kDouble);
  node.getOperation()(stack);
  for (c10::IValue& value : stack)
    if (value.isTensor() && value.toTensor().defined() && value.toTensor().scalar_type() == at::kFloat)
      value = wide(value);
  return stack;
}

void WideNetwork::record(const at::Tensor& picture) {
  values_[flat_.picture] = picture.to(at::kDouble);
  for (const jit::Node* node : flat_.graph->nodes()) {
    if (node->kind() == c10::prim::Constant) continue;
    std::vector<c10::IValue> outputs = run(*node, {});
    for (std::size_t i = 0; i < outputs.size(); ++i) values_[node->outputs()[i]] = std::move(outputs[i]);
  }
}

at::Tensor WideNetwork::logits(const jit::Value* layer, const at::Tensor& replacement) const {
  Values changed{{layer, replacement}};
  for (const jit::Node* node : flat_.graph->nodes()) {
    if (node->kind() == c10::prim::Constant || node == layer->node()) continue;
    bool affected = false;
    for (const jit::Value* input : node->inputs()) affected = affected || changed.contains(input);
    if (!affected) continue;
    std::vector<c10::IValue> outputs = run(*node, changed);
    for (std::size_t i = 0; i < outputs.size(); ++i)
      if (node->outputs()[i] != layer) changed[node->outputs()[i]] = std::move(outputs[i]);
  }
  const auto found = changed.find(flat_.logits);
  return (found != changed.end() ? found->second : values_.at(flat_.logits)).toTensor();
}

}  // namespace tessera::check
