// Sums and differences of tensors and numbers, with broadcasting.
#include "attribution/linear/factories.h"

namespace tessera::attribution {
namespace {

class Sum : public Rule {
 public:
  Sum(const Operation& operation, double alpha)
      : rank_(operation.output().dim()), count_(operation.inputs.size()) {
    alpha_[1] = alpha;
    for (std::size_t i = 0; i < 2; ++i)
      if (operation.inputs[i].isTensor()) sizes_[i] = operation.inputs[i].toTensor().sizes().vec();
    output_ = operation.output().sizes().vec();
  }

  std::vector<Slot> forward(std::vector<Slot> tangents) override {
    at::Tensor result;
    for (std::size_t i = 0; i < 2; ++i) {
      if (tangents[i].empty() || !tangents[i][0].defined()) continue;
      at::Tensor term = lift(tangents[i][0], rank_);
      tangents[i].clear();
      if (alpha_[i] != 1) term = term * alpha_[i];
      if (!result.defined()) {
        std::vector<std::int64_t> sizes = output_;
        sizes.insert(sizes.begin(), term.size(0));
        result = term.expand(sizes);
      } else if (is_mine(result)) {
        result.add_(term);
      } else {
        result = result + term;
      }
    }
    return {Slot{result}};
  }

  std::vector<Slot> backward(std::vector<Slot> gradients, const std::vector<bool>& wanted) override {
    std::vector<Slot> result(count_);
    for (std::size_t i = 0; i < 2; ++i) {
      if (!wanted[i]) continue;
      const at::Tensor part = summed_to(gradients[0][0], sizes_[i]);
      result[i] = Slot{alpha_[i] == 1 ? part : part * alpha_[i]};
    }
    return result;
  }

 private:
  std::int64_t rank_;
  std::size_t count_;
  double alpha_[2] = {1, 1};
  std::vector<std::int64_t> sizes_[2];
  std::vector<std::int64_t> output_;
};

}  // namespace

std::unique_ptr<Rule> sum_rule(const Operation& operation, const RuleChoice&) {
  const bool minus = operation.name() == "sub";
  if (!minus && operation.name() != "add") return nullptr;
  if (operation.outputs.size() != 1 || !operation.outputs[0].isTensor() || operation.inputs.size() < 2)
    return nullptr;
  for (std::size_t i = 0; i < 2; ++i)
    if (operation.varies[i] && !operation.inputs[i].isTensor()) return nullptr;
  double alpha = 1;
  if (operation.has("alpha")) {
    if (operation.varies[operation.index("alpha")]) return nullptr;
    alpha = operation.argument("alpha").toScalar().toDouble();
  }
  return std::make_unique<Sum>(operation, minus ? -alpha : alpha);
}

}  // namespace tessera::attribution
