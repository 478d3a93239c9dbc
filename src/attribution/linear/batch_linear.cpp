#include <set>

#include "attribution/linear/factories.h"
#include "attribution/linear/numeric_check.h"

namespace tessera::attribution {
namespace {

// The operation itself, on the folded batch; back by its own derivative, which is the same everywhere.
class BatchLinear : public SimpleRule {
 public:
  explicit BatchLinear(const Operation& operation)
      : SimpleRule(operation), operation_(operation), sizes_(operation.input().sizes().vec()) {}
  at::Tensor push(at::Tensor tangent) override { return unfold(run(fold(tangent)), tangent.size(0)); }
  at::Tensor pull(at::Tensor gradient) override {
    const at::Tensor folded = fold(gradient);
    std::vector<std::int64_t> sizes = sizes_;
    sizes[0] *= gradient.size(0);
    const at::AutoGradMode enabled(true);
    const at::Tensor somewhere = at::zeros(sizes, gradient.options()).requires_grad_();
    const at::Tensor output = run(somewhere);
    return unfold(torch::autograd::grad({output}, {somewhere}, {in_layout_of(folded, output)})[0].detach(),
                  gradient.size(0));
  }

 private:
  at::Tensor run(const at::Tensor& input) const {
    std::vector<c10::IValue> stack = operation_.inputs;
    stack[0] = input;
    (*operation_.run)(stack);
    return stack[0].toTensor();
  }
  Operation operation_;
  std::vector<std::int64_t> sizes_;
};

}  // namespace

std::unique_ptr<Rule> batch_linear_rule(const Operation& operation, const RuleChoice&) {
  static const std::set<std::string_view> names{
      "avg_pool2d",          "adaptive_avg_pool2d", "upsample_nearest2d",
      "upsample_bilinear2d", "upsample_bicubic2d",  "pixel_shuffle",
      "pixel_unshuffle",     "reflection_pad2d",    "replication_pad2d"};
  if (!names.contains(operation.name()) || !operation.only_varies(0) || operation.input().dim() != 4)
    return nullptr;
  return std::make_unique<BatchLinear>(operation);
}

}  // namespace tessera::attribution
