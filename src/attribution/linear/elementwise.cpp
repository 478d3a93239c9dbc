// y_i = f(x_i): a product with f'(x), recorded once. For a ReLU that is its mask.
#include <set>

#include "attribution/linear/factories.h"

namespace tessera::attribution {
namespace {

class Elementwise : public SimpleRule {
 public:
  Elementwise(const Operation& operation, at::Tensor derivative)
      : SimpleRule(operation), derivative_(std::move(derivative)) {}
  at::Tensor push(at::Tensor tangent) override { return times(std::move(tangent), derivative_); }
  at::Tensor pull(at::Tensor gradient) override { return times(std::move(gradient), derivative_); }

 private:
  at::Tensor derivative_;
};

class Identity : public SimpleRule {
 public:
  using SimpleRule::SimpleRule;
  at::Tensor push(at::Tensor tangent) override { return tangent; }
  at::Tensor pull(at::Tensor gradient) override { return gradient; }
};

at::Tensor derivative_of(const Operation& operation) {
  const at::AutoGradMode enabled(true);
  const at::Tensor input = operation.input().detach().requires_grad_();
  std::vector<c10::IValue> stack = operation.inputs;
  stack[0] = input;
  (*operation.run)(stack);
  return torch::autograd::grad({stack[0].toTensor().sum()}, {input})[0];
}

// What a batch norm in evaluation mode multiplies each channel by.
at::Tensor norm_factor(const Operation& operation) {
  const at::Tensor& variance = operation.argument("running_var").toTensor();
  at::Tensor factor = (variance + operation.argument("eps").toDouble()).rsqrt();
  if (operation.argument("weight").isTensor()) factor = factor * operation.argument("weight").toTensor();
  std::vector<std::int64_t> sizes(std::size_t(operation.input().dim()), 1);
  sizes[1] = -1;
  return factor.reshape(sizes);
}

}  // namespace

std::unique_ptr<Rule> elementwise_rule(const Operation& operation, const RuleChoice&) {
  static const std::set<std::string_view> functions{
      "relu",       "relu6",       "hardtanh",   "leaky_relu", "threshold", "clamp",      "clamp_min",
      "clamp_max",  "elu",         "selu",       "celu",       "gelu",      "silu",       "mish",
      "hardswish",  "hardsigmoid", "sigmoid",    "tanh",       "softplus",  "softsign",   "exp",
      "log",        "log1p",       "expm1",      "sqrt",       "rsqrt",     "abs",        "neg",
      "square",     "pow",         "sin",        "cos",        "erf",       "reciprocal", "softshrink",
      "hardshrink", "logsigmoid",  "log_sigmoid"};
  static const std::set<std::string_view> identities{"contiguous", "clone", "alias", "detach_copy"};
  if (operation.inputs.empty() || !operation.inputs[0].isTensor() || !operation.only_varies(0) ||
      operation.outputs.size() != 1 || !operation.outputs[0].isTensor())
    return nullptr;
  if (operation.input().sizes() != operation.output().sizes()) return nullptr;
  if (identities.contains(operation.name())) return std::make_unique<Identity>(operation);
  if (operation.name() == "batch_norm" && !operation.argument("training").toBool())
    return std::make_unique<Elementwise>(operation, norm_factor(operation));
  if (!functions.contains(operation.name())) return nullptr;
  return std::make_unique<Elementwise>(operation, derivative_of(operation));
}

}  // namespace tessera::attribution
