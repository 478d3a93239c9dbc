// Sums and means over some or all axes.
#include "attribution/linear/factories.h"

namespace tessera::attribution {
namespace {

class Reduction : public SimpleRule {
 public:
  Reduction(const Operation& operation, std::vector<std::int64_t> axes, bool mean)
      : SimpleRule(operation),
        axes_(std::move(axes)),
        sizes_(operation.input().sizes().vec()),
        reduced_(operation.output().sizes().vec()),
        scale_(1) {
    kept_ = sizes_;
    for (const std::int64_t axis : axes_) {
      if (mean) scale_ /= double(sizes_[std::size_t(axis)]);
      kept_[std::size_t(axis)] = 1;
    }
  }

  at::Tensor push(at::Tensor tangent) override {
    std::vector<std::int64_t> axes;
    for (const std::int64_t axis : axes_) axes.push_back(axis + 1);
    at::Tensor sum = tangent.sum(axes);
    if (scale_ != 1) sum.mul_(scale_);
    return sum.reshape(with_batch(reduced_, tangent.size(0)));
  }
  at::Tensor pull(at::Tensor gradient) override {
    const std::int64_t batch = gradient.size(0);
    at::Tensor small = gradient.reshape(with_batch(kept_, batch));
    if (scale_ != 1) small = small * scale_;
    return small.expand(with_batch(sizes_, batch));
  }

 private:
  static std::vector<std::int64_t> with_batch(std::vector<std::int64_t> sizes, std::int64_t batch) {
    sizes.insert(sizes.begin(), batch);
    return sizes;
  }

  std::vector<std::int64_t> axes_;
  std::vector<std::int64_t> sizes_;
  std::vector<std::int64_t> reduced_;
  std::vector<std::int64_t> kept_;
  double scale_;
};

}  // namespace

std::unique_ptr<Rule> reduction_rule(const Operation& operation, const RuleChoice&) {
  const bool mean = operation.name() == "mean";
  const bool global_pool = operation.name() == "adaptive_avg_pool2d" && operation.output().dim() == 4 &&
                           operation.output().size(2) == 1 && operation.output().size(3) == 1;
  if (!mean && operation.name() != "sum" && !global_pool) return nullptr;
  if (!operation.only_varies(0) || !operation.input().is_floating_point()) return nullptr;
  const std::int64_t rank = operation.input().dim();
  std::vector<std::int64_t> axes;
  if (global_pool) {
    axes = {2, 3};
  } else if (operation.has("dim") && operation.argument("dim").isIntList()) {
    for (const std::int64_t axis : operation.argument("dim").toIntVector())
      axes.push_back(axis < 0 ? axis + rank : axis);
  } else if (operation.has("dim") && operation.argument("dim").isInt()) {
    const std::int64_t axis = operation.argument("dim").toInt();
    axes.push_back(axis < 0 ? axis + rank : axis);
  }
  if (axes.empty())
    for (std::int64_t axis = 0; axis < rank; ++axis) axes.push_back(axis);
  return std::make_unique<Reduction>(operation, std::move(axes), mean || global_pool);
}

}  // namespace tessera::attribution
