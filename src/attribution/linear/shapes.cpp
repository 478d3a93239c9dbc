// Operations that only move numbers about.
#include <set>

#include "attribution/linear/factories.h"

namespace tessera::attribution {
namespace {

std::vector<std::int64_t> with_batch(const std::vector<std::int64_t>& sizes, std::int64_t batch) {
  std::vector<std::int64_t> result{batch};
  result.insert(result.end(), sizes.begin(), sizes.end());
  return result;
}

// Same order, other axes.
class Reshape : public SimpleRule {
 public:
  explicit Reshape(const Operation& operation)
      : SimpleRule(operation),
        before_(operation.input().sizes().vec()),
        after_(operation.output().sizes().vec()) {}
  at::Tensor push(at::Tensor tangent) override {
    return tangent.reshape(with_batch(after_, tangent.size(0)));
  }
  at::Tensor pull(at::Tensor gradient) override {
    return gradient.reshape(with_batch(before_, gradient.size(0)));
  }

 private:
  std::vector<std::int64_t> before_;
  std::vector<std::int64_t> after_;
};

class Permute : public SimpleRule {
 public:
  Permute(const Operation& operation, const std::vector<std::int64_t>& order)
      : SimpleRule(operation), there_(order.size() + 1), back_(order.size() + 1) {
    for (std::size_t i = 0; i < order.size(); ++i) {
      const std::int64_t axis = order[i] < 0 ? order[i] + std::int64_t(order.size()) : order[i];
      there_[i + 1] = axis + 1;
      back_[std::size_t(axis) + 1] = std::int64_t(i) + 1;
    }
  }
  at::Tensor push(at::Tensor tangent) override { return tangent.permute(there_); }
  at::Tensor pull(at::Tensor gradient) override { return gradient.permute(back_); }

 private:
  std::vector<std::int64_t> there_;
  std::vector<std::int64_t> back_;
};

class Expand : public SimpleRule {
 public:
  explicit Expand(const Operation& operation)
      : SimpleRule(operation),
        before_(operation.input().sizes().vec()),
        after_(operation.output().sizes().vec()) {}
  at::Tensor push(at::Tensor tangent) override {
    return lift(tangent, std::int64_t(after_.size())).expand(with_batch(after_, tangent.size(0)));
  }
  at::Tensor pull(at::Tensor gradient) override { return summed_to(gradient, before_); }

 private:
  std::vector<std::int64_t> before_;
  std::vector<std::int64_t> after_;
};

// Some entries along one axis.
class Slice : public SimpleRule {
 public:
  Slice(const Operation& operation, std::int64_t axis, std::int64_t first, std::int64_t step,
        std::int64_t count, bool drop)
      : SimpleRule(operation),
        before_(operation.input().sizes().vec()),
        axis_(axis + 1),
        first_(first),
        step_(step),
        count_(count),
        drop_(drop) {}
  at::Tensor push(at::Tensor tangent) override {
    const at::Tensor part = entries(tangent);
    return drop_ ? part.squeeze(axis_) : part;
  }
  at::Tensor pull(at::Tensor gradient) override {
    const at::Tensor whole = at::zeros(with_batch(before_, gradient.size(0)), gradient.options());
    entries(whole).copy_(drop_ ? gradient.unsqueeze(axis_) : gradient);
    return whole;
  }

 private:
  at::Tensor entries(const at::Tensor& batch) const {
    return batch.slice(axis_, first_, count_ == 0 ? first_ : first_ + (count_ - 1) * step_ + 1, step_);
  }
  std::vector<std::int64_t> before_;
  std::int64_t axis_;
  std::int64_t first_;
  std::int64_t step_;
  std::int64_t count_;
  bool drop_;
};

// Zeros around a map, none of them taken away.
class Pad : public SimpleRule {
 public:
  Pad(const Operation& operation, std::vector<std::int64_t> amounts)
      : SimpleRule(operation), amounts_(std::move(amounts)) {
    for (const std::int64_t amount : amounts_) cropped_.push_back(-amount);
  }
  at::Tensor push(at::Tensor tangent) override { return padded(tangent, amounts_); }
  at::Tensor pull(at::Tensor gradient) override { return padded(gradient, cropped_); }
  std::optional<Windows> forward_windows(const Windows& tangents) override {
    if (amounts_.size() > 4 || std::any_of(amounts_.begin(), amounts_.end(), [](auto a) { return a < 0; }))
      return std::nullopt;
    Windows moved = tangents;
    for (std::int64_t& left : moved.left) left += amounts_[0];
    if (amounts_.size() > 2)
      for (std::int64_t& top : moved.top) top += amounts_[2];
    return moved;
  }

 private:
  // Folded, so that the memory keeps its order: padding five axes would lose it.
  static at::Tensor padded(const at::Tensor& batch, const std::vector<std::int64_t>& amounts) {
    return unfold(at::constant_pad_nd(fold(batch), amounts), batch.size(0));
  }
  std::vector<std::int64_t> amounts_;
  std::vector<std::int64_t> cropped_;
};

std::int64_t axis_of(const Operation& operation, std::string_view name) {
  const std::int64_t axis = operation.argument(name).toInt();
  return axis < 0 ? axis + operation.input().dim() : axis;
}

std::unique_ptr<Rule> slice_rule(const Operation& operation) {
  const std::int64_t axis = axis_of(operation, "dim");
  const std::int64_t size = operation.input().size(axis);
  std::int64_t first = operation.argument("start").isNone() ? 0 : operation.argument("start").toInt();
  if (first < 0) first += size;
  first = std::clamp<std::int64_t>(first, 0, size);
  return std::make_unique<Slice>(operation, axis, first, operation.argument("step").toInt(),
                                 operation.output().size(axis), false);
}

std::unique_ptr<Rule> pad_rule(const Operation& operation) {
  const bool general = operation.name() == "pad";
  if (general && operation.argument("mode").toStringRef() != "constant") return nullptr;
  const c10::IValue& value = operation.argument("value");
  if (operation.input().dim() < 2) return nullptr;
  // What the padding holds is a constant, and so without a derivative, whatever its value.
  if (!value.isNone() && !value.isScalar()) return nullptr;
  std::vector<std::int64_t> amounts = operation.argument("pad").toIntVector();
  if (amounts.size() >= 2 * std::size_t(operation.input().dim())) return nullptr;  // would pad the batch axis
  return std::make_unique<Pad>(operation, std::move(amounts));
}

}  // namespace

std::unique_ptr<Rule> shape_rule(const Operation& operation, const RuleChoice&) {
  static const std::set<std::string_view> reshapes{"flatten",    "view",      "reshape", "squeeze",
                                                   "unsqueeze",  "unflatten", "view_as", "_unsafe_view",
                                                   "reshape_as", "ravel"};
  if (operation.inputs.empty() || !operation.inputs[0].isTensor() || operation.outputs.size() != 1 ||
      !operation.outputs[0].isTensor() || !operation.varies[0])
    return nullptr;
  const std::string_view name = operation.name();
  if (reshapes.contains(name)) return std::make_unique<Reshape>(operation);
  if (name == "expand" || name == "expand_as") return std::make_unique<Expand>(operation);
  if (name == "permute")
    return std::make_unique<Permute>(operation, operation.argument("dims").toIntVector());
  if (name == "transpose" || name == "t" || name == "swapaxes") {
    std::vector<std::int64_t> order(std::size_t(operation.input().dim()));
    for (std::size_t i = 0; i < order.size(); ++i) order[i] = std::int64_t(i);
    if (order.size() < 2) return std::make_unique<Reshape>(operation);
    if (name == "t") {
      std::swap(order[0], order[1]);
    } else {
      const bool axes = name == "swapaxes";
      std::swap(order[std::size_t(axis_of(operation, axes ? "axis0" : "dim0"))],
                order[std::size_t(axis_of(operation, axes ? "axis1" : "dim1"))]);
    }
    return std::make_unique<Permute>(operation, order);
  }
  if (name == "slice") return slice_rule(operation);
  if (name == "narrow")
    return std::make_unique<Slice>(operation, axis_of(operation, "dim"), operation.argument("start").toInt(),
                                   1, operation.argument("length").toInt(), false);
  if (name == "select") {
    const std::int64_t axis = axis_of(operation, "dim");
    const std::int64_t index = operation.argument("index").toInt();
    return std::make_unique<Slice>(operation, axis, index < 0 ? index + operation.input().size(axis) : index,
                                   1, 1, true);
  }
  if (name == "pad" || name == "constant_pad_nd") return pad_rule(operation);
  return nullptr;
}

}  // namespace tessera::attribution
