#include "check/wide_network.h"

#include <unordered_set>

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
  // What is made or converted in 32 bits is wanted in 64.
  if (const c10::FunctionSchema* schema = node.maybeSchema())
    for (std::size_t i = 0; i < stack.size() && i < schema->arguments().size(); ++i)
      if (schema->arguments()[i].name() == "dtype" && stack[i].isInt() && stack[i].toInt() == std::int64_t(at::kFloat))
        stack[i] = std::int64_t(at::kDouble);
  node.getOperation()(stack);
  for (c10::IValue& value : stack)
    if (value.isTensor() && value.toTensor().defined() && value.toTensor().scalar_type() == at::kFloat) value = wide(value);
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
