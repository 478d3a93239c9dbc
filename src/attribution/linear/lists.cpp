// Lists of tensors: made, taken apart, joined and cut.
#include "attribution/linear/factories.h"

namespace tessera::attribution {
namespace {

std::vector<std::int64_t> with_batch(const at::Tensor& like, std::int64_t batch) {
  std::vector<std::int64_t> sizes = like.sizes().vec();
  sizes.insert(sizes.begin(), batch);
  return sizes;
}

// The first defined tensor: batch size and kind of the others.
const at::Tensor* first_of(const Slot& slot) {
  for (const at::Tensor& tensor : slot)
    if (tensor.defined()) return &tensor;
  return nullptr;
}

class MakeList : public Rule {
 public:
  explicit MakeList(const Operation& operation) : count_(operation.inputs.size()) {}
  std::vector<Slot> forward(std::vector<Slot> tangents) override {
    Slot list;
    for (Slot& slot : tangents) list.push_back(slot.empty() ? at::Tensor() : std::move(slot[0]));
    return {std::move(list)};
  }
  std::vector<Slot> backward(std::vector<Slot> gradients, const std::vector<bool>&) override {
    std::vector<Slot> result(count_);
    for (std::size_t i = 0; i < count_; ++i)
      if (gradients[0][i].defined()) result[i] = Slot{gradients[0][i]};
    return result;
  }

 private:
  std::size_t count_;
};

class UnpackList : public Rule {
 public:
  std::vector<Slot> forward(std::vector<Slot> tangents) override {
    std::vector<Slot> result;
    for (at::Tensor& tensor : tangents[0]) result.push_back(Slot{std::move(tensor)});
    return result;
  }
  std::vector<Slot> backward(std::vector<Slot> gradients, const std::vector<bool>&) override {
    Slot list;
    for (Slot& slot : gradients) list.push_back(slot.empty() ? at::Tensor() : std::move(slot[0]));
    return {std::move(list)};
  }
};

// cat and stack.
class Join : public Rule {
 public:
  Join(const Operation& operation, std::int64_t axis, bool stacked)
      : parts_(operation.inputs[0].toTensorVector()),
        inputs_(operation.inputs.size()),
        axis_(axis + 1),
        stacked_(stacked) {}
  std::vector<Slot> forward(std::vector<Slot> tangents) override {
    const at::Tensor* known = first_of(tangents[0]);
    if (!known) return {Slot{at::Tensor()}};
    std::vector<at::Tensor> all;
    for (std::size_t i = 0; i < parts_.size(); ++i) {
      at::Tensor& tangent = tangents[0][i];
      all.push_back(tangent.defined() ? tangent
                                      : at::zeros(with_batch(parts_[i], known->size(0)), known->options()));
    }
    return {Slot{stacked_ ? at::stack(all, axis_) : at::cat(all, axis_)}};
  }
  std::vector<Slot> backward(std::vector<Slot> gradients, const std::vector<bool>&) override {
    std::vector<Slot> result(inputs_);
    std::int64_t first = 0;
    for (const at::Tensor& part : parts_) {
      if (stacked_) {
        result[0].push_back(gradients[0][0].select(axis_, first++));
      } else {
        const std::int64_t size = part.size(axis_ - 1);
        result[0].push_back(gradients[0][0].narrow(axis_, first, size));
        first += size;
      }
    }
    return result;
  }

 private:
  std::vector<at::Tensor> parts_;
  std::size_t inputs_;
  std::int64_t axis_;
  bool stacked_;
};

// chunk, split and unbind.
class Cut : public Rule {
 public:
  Cut(const Operation& operation, std::int64_t axis, bool unbind)
      : whole_(operation.input()), inputs_(operation.inputs.size()), axis_(axis + 1), unbind_(unbind) {
    for (const at::Tensor& part : operation.outputs[0].toTensorVector())
      lengths_.push_back(unbind ? 1 : part.size(axis));
  }
  std::vector<Slot> forward(std::vector<Slot> tangents) override { return {parts_of(tangents[0][0])}; }
  std::vector<Slot> backward(std::vector<Slot> gradients, const std::vector<bool>&) override {
    std::vector<Slot> result(inputs_);
    const at::Tensor* known = first_of(gradients[0]);
    if (!known) return result;
    const at::Tensor whole = at::zeros(with_batch(whole_, known->size(0)), known->options());
    Slot parts = parts_of(whole);
    for (std::size_t i = 0; i < parts.size(); ++i)
      if (gradients[0][i].defined()) parts[i].copy_(gradients[0][i]);
    result[0] = Slot{whole};
    return result;
  }

 private:
  Slot parts_of(const at::Tensor& batch) const {
    Slot parts;
    std::int64_t first = 0;
    for (const std::int64_t length : lengths_) {
      parts.push_back(unbind_ ? batch.select(axis_, first) : batch.narrow(axis_, first, length));
      first += length;
    }
    return parts;
  }
  at::Tensor whole_;
  std::size_t inputs_;
  std::int64_t axis_;
  bool unbind_;
  std::vector<std::int64_t> lengths_;
};

}  // namespace

std::unique_ptr<Rule> list_rule(const Operation& operation, const RuleChoice&) {
  const std::string_view name = operation.name();
  if (name == "ListConstruct") return std::make_unique<MakeList>(operation);
  if (name == "ListUnpack") return std::make_unique<UnpackList>();
  const auto axis = [&](std::int64_t rank) {
    const std::int64_t given = operation.argument("dim").toInt();
    return given < 0 ? given + rank : given;
  };
  if ((name == "cat" || name == "stack" || name == "concat") && operation.outputs[0].isTensor())
    return std::make_unique<Join>(operation, axis(operation.output().dim()), name == "stack");
  if (name == "chunk" || name == "split" || name == "split_with_sizes" || name == "unbind")
    return std::make_unique<Cut>(operation, axis(operation.input().dim()), name == "unbind");
  return nullptr;
}

}  // namespace tessera::attribution
