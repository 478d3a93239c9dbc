// y_i = f(x_i): a product with f'(x), recorded once. For a ReLU that is its mask, made when it is needed.
#include <ATen/Parallel.h>

#include <limits>
#include <optional>
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
  std::optional<Windows> forward_windows(const Windows& tangents) override {
    if (derivative_.dim() != 4 || derivative_.size(0) != 1 || derivative_.size(2) == 1) return std::nullopt;
    return times(tangents, derivative_);
  }

 private:
  at::Tensor derivative_;
};

class Identity : public SimpleRule {
 public:
  using SimpleRule::SimpleRule;
  at::Tensor push(at::Tensor tangent) override { return tangent; }
  at::Tensor pull(at::Tensor gradient) override { return gradient; }
  std::optional<Windows> forward_windows(const Windows& tangents) override { return tangents; }
};

// A ReLU-like operation, and so most of a network: the derivative is one between two kinks, zero beyond.
class BetweenKinks : public SimpleRule {
 public:
  BetweenKinks(const Operation& operation, float low, float high)
      : SimpleRule(operation), input_(operation.input()), low_(low), high_(high) {}
  at::Tensor push(at::Tensor tangent) override { return let_through(std::move(tangent)); }
  at::Tensor pull(at::Tensor gradient) override { return let_through(std::move(gradient)); }
  std::optional<Windows> forward_windows(const Windows& tangents) override {
    if (input_.dim() != 4 || input_.size(0) != 1 || input_.size(2) == 1) return std::nullopt;
    return times(tangents, mask());
  }

 private:
  at::Tensor let_through(at::Tensor derivative) {
    if (!mask_.defined() && is_laid_out_alike(derivative)) return chosen(std::move(derivative));
    return times(std::move(derivative), mask());
  }

  bool is_laid_out_alike(const at::Tensor& derivative) const {
    return derivative.size(0) == 1 && derivative.is_cpu() && derivative.scalar_type() == at::kFloat &&
           derivative.dim() == input_.dim() + 1 && derivative.sizes().slice(1) == input_.sizes() &&
           derivative.strides().slice(1) == input_.strides();
  }

  // A single derivative needs no mask, which would cost as much as it.
  at::Tensor chosen(at::Tensor derivative) const {
    at::Tensor result = is_mine(derivative) ? derivative : at::empty_like(derivative);
    const float* input = input_.data_ptr<float>();
    const float* from = derivative.data_ptr<float>();
    float* to = result.data_ptr<float>();
    at::parallel_for(0, input_.numel(), grain,
                     [&, low = low_, high = high_](std::int64_t first, std::int64_t last) {
                       for (std::int64_t i = first; i < last; ++i) {
                         const float value = from[i];
                         to[i] = (input[i] > low) & (input[i] < high) ? value : 0.0f;
                       }
                     });
    return result;
  }

  const at::Tensor& mask() {
    if (mask_.defined()) return mask_;
    mask_ = at::empty_like(input_);
    const float* from = input_.data_ptr<float>();
    float* to = mask_.data_ptr<float>();
    at::parallel_for(0, input_.numel(), grain,
                     [&, low = low_, high = high_](std::int64_t first, std::int64_t last) {
                       for (std::int64_t i = first; i < last; ++i)
                         to[i] = (from[i] > low) & (from[i] < high) ? 1.0f : 0.0f;
                     });
    return mask_;
  }

  static constexpr std::int64_t grain = 1 << 15;
  at::Tensor input_;
  at::Tensor mask_;
  float low_;
  float high_;
};

std::unique_ptr<Rule> rectifier_rule(const Operation& operation) {
  const at::Tensor& input = operation.input();
  float low = 0, high = std::numeric_limits<float>::infinity();
  if (operation.name() == "relu6") {
    high = 6;
  } else if (operation.name() == "hardtanh") {
    low = operation.argument("min_val").toScalar().toFloat();
    high = operation.argument("max_val").toScalar().toFloat();
  } else if (operation.name() != "relu") {
    return nullptr;
  }
  if (!input.is_cpu() || input.scalar_type() != at::kFloat || !input.is_non_overlapping_and_dense())
    return nullptr;
  return std::make_unique<BetweenKinks>(operation, low, high);
}

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
  if (std::unique_ptr<Rule> rule = rectifier_rule(operation)) return rule;
  return std::make_unique<Elementwise>(operation, derivative_of(operation));
}

}  // namespace tessera::attribution
