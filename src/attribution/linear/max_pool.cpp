// Max pools, exact and relaxed (design: Numbers). Every relaxed rule is a sum over windows of weighted
// inputs, so that a pool that sums carries it in either direction:
//   proportional  y_w = Σ |x_i| t_i / Σ |x_j|, and Σ t_i / n where the window is all zero
//   lucid         y_w = [ 2 Σ x_i t_i / d − m₂ Σ sign(x_i) t_i / d² ] / n,  d = .01 + mean|x|,  m₂ = mean x²
#include "attribution/linear/blur.h"
#include "attribution/linear/factories.h"
#include "attribution/linear/pair_of.h"
#include "tessera/base/error.h"

namespace tessera::attribution {
namespace {

struct Window {
  std::vector<std::int64_t> size;
  std::vector<std::int64_t> stride;
  std::vector<std::int64_t> padding;
  bool ceil = false;
};

class MaxPool : public SimpleRule {
 public:
  MaxPool(const Operation& operation, bool blur) : SimpleRule(operation), blur_(blur) {}
  at::Tensor push(at::Tensor tangent) final { return pooled(blur_ ? blur(tangent) : std::move(tangent)); }
  at::Tensor pull(at::Tensor gradient) final {
    at::Tensor below = spread(std::move(gradient));
    return blur_ ? blur(below) : below;
  }

 protected:
  virtual at::Tensor pooled(at::Tensor tangent) = 0;
  virtual at::Tensor spread(at::Tensor gradient) = 0;

 private:
  static at::Tensor blur(const at::Tensor& batch) { return unfold(blurred(fold(batch)), batch.size(0)); }
  bool blur_;
};

class ExactMaxPool : public MaxPool {
 public:
  ExactMaxPool(const Operation& operation, bool blur, at::Tensor indices)
      : MaxPool(operation, blur), indices_(std::move(indices)), sizes_(operation.input().sizes().vec()) {}

 protected:
  at::Tensor pooled(at::Tensor tangent) override {
    return tangent.flatten(-2).gather(-1, places(tangent.size(0))).unflatten(-1, indices_.sizes().slice(2));
  }
  at::Tensor spread(at::Tensor gradient) override {
    const std::int64_t batch = gradient.size(0);
    at::Tensor below = at::zeros({batch, sizes_[0], sizes_[1], sizes_[2] * sizes_[3]}, gradient.options());
    below.scatter_add_(-1, places(batch), gradient.flatten(-2));
    return below.unflatten(-1, {sizes_[2], sizes_[3]});
  }

 private:
  at::Tensor places(std::int64_t batch) const {
    const at::Tensor flat = indices_.flatten(-2).unsqueeze(0);
    std::vector<std::int64_t> sizes = flat.sizes().vec();
    sizes[0] = batch;
    return flat.expand(sizes);
  }

  at::Tensor indices_;
  std::vector<std::int64_t> sizes_;
};

class RelaxedMaxPool : public MaxPool {
 public:
  RelaxedMaxPool(const Operation& operation, Window window, Pooling pooling, bool blur)
      : MaxPool(operation, blur), window_(std::move(window)), sizes_(operation.input().sizes().vec()) {
    const at::Tensor& input = operation.input();
    const at::Tensor cells = sum(at::ones_like(input));  // valid ones of each window
    if (pooling == Pooling::proportional) {
      const at::Tensor total = sum(input.abs());
      const at::Tensor empty = total.eq(0);
      terms_ = {{input.abs(), at::where(empty, at::zeros_like(total), 1 / total)},
                {at::Tensor(), at::where(empty, 1 / cells, at::zeros_like(total))}};
      if (!empty.any().item<bool>()) terms_.pop_back();
    } else {
      const at::Tensor scale = sum(input.abs()) / cells + .01;
      const at::Tensor squares = sum(input * input) / cells;
      terms_ = {{input, 2 / (scale * cells)}, {input.sign(), -squares / (scale * scale * cells)}};
    }
  }

 protected:
  at::Tensor pooled(at::Tensor tangent) override {
    at::Tensor result;
    for (const Term& term : terms_) {
      const at::Tensor inner = term.inner.defined() ? tangent * term.inner : tangent;
      const at::Tensor part = unfold(sum(fold(inner)), tangent.size(0)) * term.outer;
      result = result.defined() ? result + part : part;
    }
    return result;
  }
  at::Tensor spread(at::Tensor gradient) override {
    std::vector<std::int64_t> sizes = sizes_;
    sizes[0] *= gradient.size(0);
    const at::Tensor shape = at::empty(sizes, gradient.options());  // only its shape is read
    at::Tensor result;
    for (const Term& term : terms_) {
      at::Tensor part = at::avg_pool2d_backward(fold(gradient * term.outer).contiguous(), shape, window_.size,
                                                window_.stride, window_.padding, window_.ceil, true, 1);
      part = unfold(part, gradient.size(0));
      if (term.inner.defined()) part = part * term.inner;
      result = result.defined() ? result + part : part;
    }
    return result;
  }

 private:
  // outer ⊙ Σ_window (inner ⊙ t); no inner: ones.
  struct Term {
    at::Tensor inner;
    at::Tensor outer;
  };

  at::Tensor sum(const at::Tensor& maps) const {
    return at::avg_pool2d(maps, window_.size, window_.stride, window_.padding, window_.ceil, true, 1);
  }

  Window window_;
  std::vector<std::int64_t> sizes_;
  std::vector<Term> terms_;
};

}  // namespace

std::unique_ptr<Rule> max_pool_rule(const Operation& operation, const RuleChoice& choice) {
  if (operation.name() != "max_pool2d") return nullptr;
  if (!operation.only_varies(0) || operation.input().dim() != 4) {
    if (choice.pooling != Pooling::exact)
      throw Error("a max pool of this network cannot be relaxed: its input is not a batch of maps",
                  "max_pool2d", "Use exact pooling");
    return nullptr;
  }
  Window window{pair_of(operation.argument("kernel_size")), pair_of(operation.argument("stride")),
                pair_of(operation.argument("padding")), operation.argument("ceil_mode").toBool()};
  if (window.stride.empty()) window.stride = window.size;
  const std::vector<std::int64_t> dilation = pair_of(operation.argument("dilation"));
  if (choice.pooling == Pooling::exact)
    return std::make_unique<ExactMaxPool>(
        operation, choice.blur_max_pools,
        std::get<1>(at::max_pool2d_with_indices(operation.input(), window.size, window.stride, window.padding,
                                                dilation, window.ceil)));
  if (dilation[0] != 1 || dilation[1] != 1)
    throw Error("this network has a max pool with gaps in its window, which cannot be relaxed", "max_pool2d",
                "Use exact pooling");
  return std::make_unique<RelaxedMaxPool>(operation, std::move(window), choice.pooling,
                                          choice.blur_max_pools);
}

}  // namespace tessera::attribution
