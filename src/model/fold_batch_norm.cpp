#include "model/fold_batch_norm.h"

#include <algorithm>
#include <functional>
#include <optional>
#include <string_view>
#include <vector>

namespace tessera::model {
namespace {

// y = x · scale + shift, per channel, in double precision.
struct Affine {
  at::Tensor scale;
  at::Tensor shift;
};

std::optional<at::Tensor> constant_tensor(const jit::Value* value) {
  const std::optional<c10::IValue> constant = jit::toIValue(value);
  if (!constant || !constant->isTensor() || !constant->toTensor().defined()) return std::nullopt;
  return constant->toTensor();
}

// batch_norm(input, weight, bias, running mean, running variance, training, momentum, eps, cudnn)
std::optional<Affine> affine_of(const jit::Node& node) {
  const auto training = jit::toIValue(node.input(5));
  const auto eps = jit::toIValue(node.input(7));
  const auto mean = constant_tensor(node.input(3));
  const auto variance = constant_tensor(node.input(4));
  if (!training || training->toBool() || !eps || !mean || !variance) return std::nullopt;
  at::Tensor scale = (variance->to(c10::kDouble) + eps->toDouble()).rsqrt();
  if (const auto weight = constant_tensor(node.input(1))) scale = scale * weight->to(c10::kDouble);
  at::Tensor shift = -mean->to(c10::kDouble) * scale;
  if (const auto bias = constant_tensor(node.input(2))) shift = shift + bias->to(c10::kDouble);
  return Affine{scale, shift};
}

jit::Value* insert_before(jit::Node* node, const at::Tensor& value) {
  const jit::WithInsertPoint here(node);
  return node->owningGraph()->insertConstant(value.to(c10::kFloat));
}

// Which axis of a convolution's weight counts its outputs; nothing where the node cannot take a batch norm
// in.
std::optional<std::int64_t> output_axis(const jit::Node& node, std::int64_t rank) {
  const std::string_view kind = node.kind().toQualString();
  if (kind == "aten::conv1d" || kind == "aten::conv2d" || kind == "aten::conv3d") return 0;
  if (kind == "aten::linear") return rank == 2 ? std::optional<std::int64_t>(0) : std::nullopt;
  if (kind == "aten::conv_transpose2d") {
    const auto groups = jit::toIValue(node.input(6));
    return groups && groups->toInt() == 1 ? std::optional<std::int64_t>(1) : std::nullopt;
  }
  return std::nullopt;
}

// weight · scale, rounded once. The scale lies along `axis`.
at::Tensor scaled(const at::Tensor& weight, const at::Tensor& scale, std::int64_t axis) {
  std::vector<std::int64_t> along(std::size_t(weight.dim()), 1);
  along[std::size_t(axis)] = -1;
  if (!weight.device().is_cpu() || weight.scalar_type() != at::kFloat || !weight.is_contiguous() ||
      weight.size(axis) != scale.numel())
    return (weight.to(c10::kDouble) * scale.reshape(along)).to(c10::kFloat);
  // Torch would make two copies in double precision, each twice as large as the weight.
  const at::Tensor result = at::empty(weight.sizes(), weight.options());
  const at::Tensor factors = scale.contiguous();
  if (weight.numel() == 0) return result;
  std::int64_t inner = 1;
  for (std::int64_t i = axis + 1; i < weight.dim(); ++i) inner *= weight.size(i);
  const std::int64_t channels = weight.size(axis);
  const auto* from = weight.const_data_ptr<float>();
  const auto* factor = factors.const_data_ptr<double>();
  auto* to = result.mutable_data_ptr<float>();
  at::parallel_for(0, weight.numel() / inner, std::max<std::int64_t>(1, (1 << 15) / inner),
                   [&](std::int64_t first, std::int64_t end) {
                     for (std::int64_t row = first; row < end; ++row)
                       for (std::int64_t i = row * inner; i < (row + 1) * inner; ++i)
                         to[i] = float(double(from[i]) * factor[row % channels]);
                   });
  return result;
}

bool fold_into(jit::Node* node, const Affine& affine, std::int64_t rank) {
  const auto axis = output_axis(*node, rank);
  const auto weight = axis ? constant_tensor(node->input(1)) : std::nullopt;
  if (!weight) return false;
  const auto bias = constant_tensor(node->input(2));
  if (!bias && !node->input(2)->mustBeNone()) return false;
  const at::Tensor folded_weight = scaled(*weight, affine.scale, *axis);
  const at::Tensor folded_bias = bias ? bias->to(c10::kDouble) * affine.scale + affine.shift : affine.shift;
  node->replaceInput(1, insert_before(node, folded_weight));
  node->replaceInput(2, insert_before(node, folded_bias));
  return true;
}

// addcmul(shift, input, scale) with [1,C,1,1] constants.
jit::Value* write_as_affine(jit::Node* node, const Affine& affine, std::int64_t rank) {
  std::vector<std::int64_t> along(std::size_t(rank), 1);
  along[1] = -1;
  jit::Graph* graph = node->owningGraph();
  jit::Value* shift = insert_before(node, affine.shift.reshape(along));
  jit::Value* scale = insert_before(node, affine.scale.reshape(along));
  const jit::WithInsertPoint here(node);
  jit::Value* one = graph->insertConstant(1);
  jit::Node* written = graph->insertNode(
      graph->create(c10::Symbol::fromQualString("aten::addcmul"), {shift, node->input(0), scale, one}));
  written->output()->setType(c10::TensorType::get());
  node->output()->replaceAllUsesWith(written->output());
  return written->output();
}

// Whether one batch norm is all that wants a value's content; its shape may be asked for.
bool only_normalized(const jit::Value* value) {
  std::size_t readers = 0;
  for (const jit::Use& use : value->uses())
    if (std::string_view(use.user->kind().toQualString()) != "aten::size") ++readers;
  return readers == 1;
}

}  // namespace

std::vector<ReplacedBatchNorm> replace_batch_norms(
    jit::Graph& graph, const std::function<std::int64_t(const jit::Value*)>& rank) {
  const at::NoGradGuard no_grad;
  std::vector<ReplacedBatchNorm> replaced;
  for (jit::Node* node : graph.nodes()) {
    if (std::string_view(node->kind().toQualString()) != "aten::batch_norm") continue;
    const std::optional<Affine> affine = affine_of(*node);
    jit::Value* before = node->input(0);
    const std::int64_t axes = rank(before);
    if (!affine || axes < 2) continue;
    const at::Tensor weight = constant_tensor(node->input(1)).value_or(at::Tensor());
    const at::Tensor bias = constant_tensor(node->input(2)).value_or(at::Tensor());
    if (only_normalized(before) && fold_into(before->node(), *affine, axes)) {
      node->output()->replaceAllUsesWith(before);
      replaced.push_back({node->output(), before, true, weight, bias});
    } else {
      replaced.push_back({node->output(), write_as_affine(node, *affine, axes), false, weight, bias});
    }
  }
  return replaced;
}

}  // namespace tessera::model
