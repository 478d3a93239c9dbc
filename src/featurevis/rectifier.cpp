#include "featurevis/rectifier.h"

namespace tessera::featurevis {
namespace {

std::optional<double> constant(const jit::Value* value) {
  const std::optional<c10::IValue> found = jit::toIValue(value);
  if (!found || !found->isScalar()) return std::nullopt;
  return found->toScalar().toDouble();
}

bool is_none(const jit::Value* value) {
  const std::optional<c10::IValue> found = jit::toIValue(value);
  return found && found->isNone();
}

}  // namespace

std::optional<Rectifier> rectifier_of(const jit::Node* node) {
  const std::string_view name = node->kind().toQualString();
  if (name == "aten::relu") return Rectifier{};
  if (name == "aten::relu6") return Rectifier{6};
  if (name == "aten::clamp_min" && node->inputs().size() == 2 && constant(node->input(1)) == 0.0)
    return Rectifier{};
  if ((name == "aten::hardtanh" || name == "aten::clamp") && node->inputs().size() == 3 &&
      constant(node->input(1)) == 0.0) {
    if (name == "aten::clamp" && is_none(node->input(2))) return Rectifier{};
    const std::optional<double> limit = constant(node->input(2));
    if (limit && *limit > 0) return Rectifier{float(*limit)};
  }
  return std::nullopt;
}

jit::Value* before_rectifier(jit::Value* value) {
  return rectifier_of(value->node()) ? value->node()->input(0) : value;
}

at::Tensor rectified(const at::Tensor& input, const Rectifier& rectifier) {
  if (rectifier.limit == std::numeric_limits<float>::infinity()) return at::clamp_min(input, 0);
  return at::clamp(input, 0, rectifier.limit);
}

at::Tensor redirected(const at::Tensor& gradient, const at::Tensor& input, const Rectifier& rectifier) {
  const at::Tensor below = input.gt(0).logical_not_();  // also what is no number
  const at::Tensor above = input.gt(rectifier.limit);
  const at::Tensor normal = gradient.masked_fill(below.logical_or(above), 0);
  const at::Tensor stopped =
      input.lt(0).logical_and_(gradient.gt(0)).logical_or_(above.logical_and(gradient.lt(0)));
  const at::Tensor other = gradient.masked_fill(stopped, 0);
  std::vector<std::int64_t> sizes(std::size_t(gradient.dim()), 1);
  sizes[0] = gradient.size(0);
  const at::Tensor nothing = normal.reshape({gradient.size(0), -1}).eq(0).all(1).reshape(sizes);
  return at::where(nothing, other, normal);
}

}  // namespace tessera::featurevis
