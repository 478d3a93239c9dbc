// Any operation, by LibTorch's own derivatives: forwards with dual numbers, backwards with autograd, a batch
// of the recorded input at a time.
#include <optional>
#include <set>

#include <torch/csrc/autograd/forward_grad.h>

#include "attribution/linear/factories.h"
#include "attribution/linear/numeric_check.h"
#include "tessera/base/error.h"

namespace tessera::attribution {
namespace {

class DualLevel {
 public:
  DualLevel() : level_(torch::autograd::ForwardADLevel::get_next_idx()) {}
  ~DualLevel() { torch::autograd::ForwardADLevel::release_idx(level_); }
  DualLevel(const DualLevel&) = delete;
  DualLevel& operator=(const DualLevel&) = delete;
  at::Tensor dual(const at::Tensor& value, const at::Tensor& tangent) const {
    return at::_make_dual(value, tangent, std::int64_t(level_));
  }
  at::Tensor tangent(const at::Tensor& dual) const {
    return std::get<1>(at::_unpack_dual(dual, std::int64_t(level_)));
  }

 private:
  std::uint64_t level_;
};

class Automatic : public Rule {
 public:
  explicit Automatic(const Operation& operation) : operation_(operation) {
    for (std::size_t i = 0; i < operation.inputs.size(); ++i) {
      const c10::IValue& input = operation.inputs[i];
      if (operation.varies[i] && input.isTensor() && has_derivative(input.toTensor())) tensors_.push_back(i);
      if (operation.varies[i] && input.isTensorList()) lists_.push_back(i);
    }
  }

  std::vector<Slot> forward(std::vector<Slot> tangents) override {
    const std::int64_t batch = batch_of(tangents);
    if (batch == 0) return std::vector<Slot>(operation_.outputs.size(), Slot{at::Tensor()});
    verify(Direction::forward, {});
    if (takes_batches()) return forward_together(tangents, batch);
    return one_by_one(tangents, batch,
                      [&](const std::vector<Slot>& one) { return forward_together(one, 1); });
  }

  std::vector<Slot> backward(std::vector<Slot> gradients, const std::vector<bool>& wanted) override {
    const std::int64_t batch = batch_of(gradients);
    if (batch == 0) return std::vector<Slot>(operation_.inputs.size());
    verify(Direction::backward, gradients);
    if (takes_batches()) return backward_together(gradients, wanted, batch);
    return one_by_one(gradients, batch,
                      [&](const std::vector<Slot>& one) { return backward_together(one, wanted, 1); });
  }

  Engine engine(Direction direction) const override {
    return direction == Direction::forward ? Engine::dual_numbers : Engine::batched_backward;
  }

  bool has_forward() const override {
    if (has_forward_) return *has_forward_;
    std::vector<Slot> zeros(operation_.inputs.size());
    for (const std::size_t i : tensors_)
      zeros[i] = {at::zeros_like(operation_.inputs[i].toTensor()).unsqueeze(0)};
    for (const std::size_t i : lists_)
      for (const at::Tensor& tensor : operation_.inputs[i].toTensorVector())
        zeros[i].push_back(at::zeros_like(tensor).unsqueeze(0));
    try {
      forward_together(zeros, 1);
      has_forward_ = true;
    } catch (const std::exception&) {  // c10::Error, or the interpreter's own
      has_forward_ = false;
    }
    return *has_forward_;
  }

 private:
  [[noreturn]] void refuse(const std::string& why) const {
    throw Error("no derivative goes through " + std::string(operation_.name()) + ": " + why, {},
                "Ask for a layer after it, or for ablation");
  }

  // Whether LibTorch's derivative is that of the operation: tried, not assumed, once for each kind of
  // operation.
  void verify(Direction direction, const std::vector<Slot>& gradients) {
    if (!operation_.checked || operation_.name() == "detach") return;  // which says that it has none
    using Verdict = CheckedOperations::Verdict;
    Verdict& verdict = operation_.checked->of(*operation_.node, direction);
    if (verdict == Verdict::unknown) {
      // Beside the picture's values: equal ones, which pictures and rectifiers have, are a kink of minima and
      // maxima.
      const Automatic beside(moved_aside(operation_, tensors_, lists_));
      const bool sound = agrees_with_differences(
          beside.operation_, tensors_, lists_, gradients,
          [&](const std::vector<Slot>& directions, const std::vector<Slot>& weights) {
            return direction == Direction::forward
                       ? product(beside.forward_together(batch_of_one(directions), 1), weights)
                       : product(beside.backward_together(batch_of_one(weights), all_wanted(), 1),
                                 directions);
          });
      verdict = sound ? Verdict::sound : Verdict::wrong;
    }
    if (verdict == Verdict::wrong) refuse("LibTorch's derivative of it disagrees with finite differences");
  }

  std::vector<bool> all_wanted() const {
    std::vector<bool> wanted(operation_.inputs.size());
    for (const std::size_t i : tensors_) wanted[i] = true;
    return wanted;
  }

  static std::vector<Slot> batch_of_one(std::vector<Slot> slots) {
    for (Slot& slot : slots)
      for (at::Tensor& tensor : slot)
        if (tensor.defined()) tensor = tensor.unsqueeze(0);
    return slots;
  }

  // ⟨a, b⟩, where a is a batch of one.
  static double product(const std::vector<Slot>& a, const std::vector<Slot>& b) {
    double sum = 0;
    for (std::size_t i = 0; i < a.size() && i < b.size(); ++i)
      for (std::size_t j = 0; j < a[i].size() && j < b[i].size(); ++j) {
        if (!a[i][j].defined() || !b[i][j].defined()) continue;
        const at::Tensor first = a[i][j].squeeze(0), second = b[i][j];
        const at::Tensor each =
            first.is_complex() || second.is_complex() ? at::real(first.conj() * second) : first * second;
        sum += each.to(at::kDouble).sum().item<double>();
      }
    return sum;
  }

  static std::int64_t batch_of(const std::vector<Slot>& slots) {
    for (const Slot& slot : slots)
      for (const at::Tensor& tensor : slot)
        if (tensor.defined()) return tensor.size(0);
    return 0;
  }

  // A recorded tensor, once for each element of the batch, on its first axis.
  static at::Tensor repeated(const at::Tensor& value, std::int64_t batch) {
    if (batch == 1) return value.contiguous();  // dual numbers write into a copy of its layout: no overlaps
    std::vector<std::int64_t> sizes = value.sizes().vec();
    sizes.insert(sizes.begin(), batch);
    return value.unsqueeze(0).expand(sizes).flatten(0, 1).contiguous();
  }

  std::vector<c10::IValue> run(std::vector<c10::IValue> stack) const {
    (*operation_.run)(stack);
    return stack;
  }

  // Whether the operation treats the elements of its first axis one by one. Tried, not assumed: on the
  // recorded input and another one.
  bool takes_batches() {
    if (takes_batches_) return *takes_batches_;
    takes_batches_ = false;
    // oneDNN's recurrent layers write past their memory where a state has another batch than the input.
    static const std::set<std::string_view> recurrent{"lstm", "gru", "rnn_tanh", "rnn_relu"};
    if (recurrent.contains(operation_.name())) return false;
    const at::NoGradGuard no_grad;
    std::vector<c10::IValue> both = operation_.inputs;
    std::vector<c10::IValue> other = operation_.inputs;
    const auto changed = [](const at::Tensor& tensor) { return tensor * .5 + .25; };
    try {
      for (const std::size_t i : tensors_) {
        const at::Tensor& value = operation_.inputs[i].toTensor();
        if (value.dim() == 0) return false;
        other[i] = changed(value);
        both[i] = at::cat({value, changed(value)});
      }
      for (const std::size_t i : lists_) {
        std::vector<at::Tensor> others;
        std::vector<at::Tensor> joined;
        for (const at::Tensor& value : operation_.inputs[i].toTensorVector()) {
          if (value.dim() == 0 || !has_derivative(value)) return false;
          others.push_back(changed(value));
          joined.push_back(at::cat({value, others.back()}));
        }
        other[i] = others;
        both[i] = joined;
      }
      // Constants that have a batch axis of their own would be matched with the wrong one.
      const std::vector<Slot> together = slots_of(run(both));
      const std::vector<Slot> first = slots_of(operation_.outputs);
      const std::vector<Slot> second = slots_of(run(other));
      for (std::size_t i = 0; i < first.size(); ++i) {
        if (together[i].size() != first[i].size()) return false;
        for (std::size_t j = 0; j < first[i].size(); ++j) {
          if (!first[i][j].defined()) continue;
          const at::Tensor apart = at::cat({first[i][j], second[i][j]});
          if (apart.sizes() != together[i][j].sizes() || !at::allclose(apart, together[i][j], 1e-4, 1e-5))
            return false;
        }
      }
    } catch (const std::exception&) {  // shapes that do not fit: c10::Error, or the interpreter's own
      return false;
    }
    takes_batches_ = true;
    return true;
  }

  std::vector<Slot> forward_together(const std::vector<Slot>& tangents, std::int64_t batch) const {
    const DualLevel level;
    const at::AutoGradMode disabled(false);
    const auto dual = [&](const at::Tensor& value, const at::Tensor& tangent) {
      const at::Tensor there = repeated(value, batch);
      return tangent.defined() ? level.dual(there, in_layout_of(fold_to(tangent, there), there)) : there;
    };
    std::vector<c10::IValue> stack = operation_.inputs;
    for (const std::size_t i : tensors_)
      stack[i] = dual(stack[i].toTensor(), tangents[i].empty() ? at::Tensor() : tangents[i][0]);
    for (const std::size_t i : lists_) {
      std::vector<at::Tensor> list = stack[i].toTensorVector();
      for (std::size_t j = 0; j < list.size(); ++j)
        list[j] = dual(list[j], tangents[i].empty() ? at::Tensor() : tangents[i][j]);
      stack[i] = list;
    }
    std::vector<Slot> result = slots_of(run(std::move(stack)));
    for (std::size_t i = 0; i < result.size(); ++i)
      for (std::size_t j = 0; j < result[i].size(); ++j) {
        if (!result[i][j].defined()) continue;
        const at::Tensor tangent = level.tangent(result[i][j]);
        result[i][j] = tangent.defined() ? unfold_like(tangent, recorded(i, j), batch) : at::Tensor();
      }
    return result;
  }

  std::vector<Slot> backward_together(const std::vector<Slot>& gradients, const std::vector<bool>& wanted,
                                      std::int64_t batch) const {
    const at::AutoGradMode enabled(true);
    std::vector<c10::IValue> stack = operation_.inputs;
    std::vector<at::Tensor> sources;
    const auto source = [&](const at::Tensor& value) {
      sources.push_back(repeated(value, batch).detach().clone().requires_grad_());
      return sources.back();
    };
    for (const std::size_t i : tensors_)
      stack[i] = wanted[i] ? source(stack[i].toTensor()) : repeated(stack[i].toTensor(), batch);
    for (const std::size_t i : lists_) {
      std::vector<at::Tensor> list = stack[i].toTensorVector();
      for (at::Tensor& tensor : list)
        if (has_derivative(tensor)) tensor = source(tensor);
      stack[i] = list;
    }
    const std::vector<Slot> outputs = slots_of(run(std::move(stack)));
    std::vector<at::Tensor> ends;
    std::vector<at::Tensor> weights;
    for (std::size_t i = 0; i < outputs.size(); ++i)
      for (std::size_t j = 0; j < outputs[i].size(); ++j) {
        if (gradients[i].empty() || !gradients[i][j].defined() || !outputs[i][j].requires_grad()) continue;
        ends.push_back(outputs[i][j]);
        weights.push_back(in_layout_of(fold_to(gradients[i][j], outputs[i][j]), outputs[i][j]));
      }
    std::vector<Slot> result(operation_.inputs.size());
    if (ends.empty()) return result;
    std::vector<at::Tensor> found;
    try {
      found = torch::autograd::grad(ends, sources, weights, /*retain_graph=*/false, /*create_graph=*/false,
                                    /*allow_unused=*/true);
    } catch (const c10::Error&) {
      refuse("LibTorch has no derivative of it");
    }
    std::size_t next = 0;
    const auto take = [&](const at::Tensor& value) {
      const at::Tensor& gradient = found[next++];
      return gradient.defined() ? unfold_like(gradient.detach(), value, batch) : at::Tensor();
    };
    for (const std::size_t i : tensors_)
      if (wanted[i]) result[i] = {take(operation_.inputs[i].toTensor())};
    for (const std::size_t i : lists_)
      for (const at::Tensor& value : operation_.inputs[i].toTensorVector())
        result[i].push_back(has_derivative(value) ? take(value) : at::Tensor());
    return result;
  }

  // A batch of one keeps the value's own axes, even where it has none.
  static at::Tensor fold_to(const at::Tensor& derivative, const at::Tensor& there) {
    return derivative.reshape(there.sizes());
  }
  static at::Tensor unfold_like(const at::Tensor& folded, const at::Tensor& value, std::int64_t batch) {
    std::vector<std::int64_t> sizes = value.sizes().vec();
    sizes.insert(sizes.begin(), batch);
    return folded.reshape(sizes);
  }

  at::Tensor recorded(std::size_t output, std::size_t element) const {
    const c10::IValue& value = operation_.outputs[output];
    return value.isTensor() ? value.toTensor() : value.toTensorVector()[element];
  }

  template <class Function>
  static std::vector<Slot> one_by_one(const std::vector<Slot>& slots, std::int64_t batch,
                                      const Function& apply) {
    std::vector<std::vector<Slot>> results;
    for (std::int64_t b = 0; b < batch; ++b) {
      std::vector<Slot> one = slots;
      for (Slot& slot : one)
        for (at::Tensor& tensor : slot)
          if (tensor.defined()) tensor = tensor.narrow(0, b, 1);
      results.push_back(apply(one));
    }
    std::vector<Slot> joined = results[0];
    for (std::size_t i = 0; i < joined.size(); ++i)
      for (std::size_t j = 0; j < joined[i].size(); ++j) {
        if (!joined[i][j].defined()) continue;
        std::vector<at::Tensor> all;
        for (const std::vector<Slot>& result : results) all.push_back(result[i][j]);
        joined[i][j] = at::cat(all);
      }
    return joined;
  }

  Operation operation_;
  std::vector<std::size_t> tensors_;  // inputs that vary and have derivatives
  std::vector<std::size_t> lists_;
  std::optional<bool> takes_batches_;
  mutable std::optional<bool> has_forward_;
};

}  // namespace

std::unique_ptr<Rule> automatic_rule(const Operation& operation) {
  return std::make_unique<Automatic>(operation);
}

}  // namespace tessera::attribution
