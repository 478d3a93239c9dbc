#include "attribution/network.h"

#include <algorithm>
#include <optional>

namespace tessera::attribution {
namespace {

c10::IValue list_of(const c10::TypePtr& element, std::vector<c10::IValue> values) {
  if (element->isSubtypeOf(*c10::TensorType::get())) {
    std::vector<at::Tensor> tensors;
    for (c10::IValue& value : values) tensors.push_back(std::move(value).toTensor());
    return tensors;
  }
  c10::impl::GenericList list(element);
  for (c10::IValue& value : values) list.push_back(std::move(value));
  return list;
}

// Lists are made and taken apart by the interpreter itself, and so have no operation of their own.
// A convolution with a packed kernel; nothing where it has none. Kernels with what is not a number stay as
// they are: how far it spreads is not the same for every order of the kernel.
std::optional<jit::Operation> packed_convolution(const jit::Node* node, model::PackedKernels& packed) {
  const std::optional<model::Convolution> convolution = model::convolution_of(*node);
  if (!convolution || !model::PackedKernels::has(*convolution) ||
      !at::isfinite(convolution->weight).all().item<bool>())
    return std::nullopt;
  return [&packed, convolution = *convolution, plain = node->getOperation()](jit::Stack& stack) mutable {
    const at::Tensor input = stack.front().toTensor();
    if (input.dim() != 4 || input.requires_grad()) {
      plain(stack);
      return;
    }
    stack.clear();
    stack.push_back(packed.convolve(input, convolution));
  };
}

jit::Operation operation_of(const jit::Node* node, model::PackedKernels& packed) {
  if (node->kind() == c10::prim::ListConstruct)
    return
        [element = node->output()->type()->expectRef<c10::ListType>().getElementType()](jit::Stack& stack) {
          c10::IValue list = list_of(element, std::move(stack));
          stack.clear();
          stack.push_back(std::move(list));
        };
  if (node->kind() == c10::prim::ListUnpack)
    return [](jit::Stack& stack) {
      const c10::List<c10::IValue> list = stack.at(0).toList();
      stack.assign(list.begin(), list.end());
    };
  if (std::optional<jit::Operation> convolution = packed_convolution(node, packed)) return *convolution;
  return node->getOperation();
}

}  // namespace

Network::Network(const model::FlatGraph& flat, model::PackedKernels& packed) : flat_(flat), kernels_(packed) {
  for (const jit::Node* node : flat.graph->nodes()) {
    if (node->kind() == c10::prim::Constant) {
      if (const auto value = jit::toIValue(node->output())) constants_[node->output()] = *value;
      continue;
    }
    index_[node] = steps_.size();
    steps_.push_back({node, operation_of(node, packed)});
    if (node->kind() == c10::aten::max_pool2d) has_max_pools_ = true;
  }
}

const Values& Network::downstream(const jit::Value* value) const {
  const auto [found, is_new] = downstream_.try_emplace(value);
  Values& values = found->second;
  if (!is_new) return values;
  values.insert(value);
  for (const Step& step : steps_) {
    const auto inputs = step.node->inputs();
    if (std::any_of(inputs.begin(), inputs.end(),
                    [&](const jit::Value* input) { return values.contains(input); }))
      values.insert(step.node->outputs().begin(), step.node->outputs().end());
  }
  return values;
}

const Values& Network::upstream(const jit::Value* value) const {
  const auto [found, is_new] = upstream_.try_emplace(value);
  Values& values = found->second;
  if (!is_new) return values;
  values.insert(value);
  for (auto step = steps_.rbegin(); step != steps_.rend(); ++step) {
    const auto outputs = step->node->outputs();
    if (std::any_of(outputs.begin(), outputs.end(),
                    [&](const jit::Value* output) { return values.contains(output); }))
      values.insert(step->node->inputs().begin(), step->node->inputs().end());
  }
  return values;
}

}  // namespace tessera::attribution
