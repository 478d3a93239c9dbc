#include "featurevis/stages/simple.h"

namespace tessera::featurevis {
namespace {

class Rectify : public Stage {
 public:
  explicit Rectify(const Rectifier& rectifier) : rectifier_(rectifier) {}
  void forward(Trace& trace) const override {
    at::Tensor value = rectified(input(trace), rectifier_);
    kept(trace) = {trace.redirect ? input(trace) : value};
    set_output(trace, std::move(value));
  }
  void backward(Trace& trace) const override {
    at::Tensor& mine = kept(trace)[0];
    const at::Tensor gradient = take_gradient(trace);
    trace.add_gradient(inputs[0], trace.redirect
                                      ? redirected(gradient, mine, rectifier_)
                                      : at::hardtanh_backward(gradient, mine, 0, rectifier_.limit));
    mine.reset();
  }

 private:
  Rectifier rectifier_;
};

class Sum : public Stage {
 public:
  void forward(Trace& trace) const override {
    set_output(trace, trace.tensor(inputs[0]) + trace.tensor(inputs[1]));
  }
  void backward(Trace& trace) const override {
    const at::Tensor gradient = take_gradient(trace);
    for (const int slot : inputs) trace.add_gradient(slot, gradient);
  }
};

class Concatenation : public Stage {
 public:
  explicit Concatenation(std::int64_t axis) : axis_(axis) {}
  void forward(Trace& trace) const override {
    std::vector<at::Tensor> parts;
    at::Tensor lengths = at::empty({std::int64_t(inputs.size())}, at::kLong);
    for (std::size_t i = 0; i < inputs.size(); ++i) {
      parts.push_back(trace.tensor(inputs[i]));
      lengths.data_ptr<std::int64_t>()[i] = parts.back().size(axis_);
    }
    kept(trace) = {lengths};
    set_output(trace, at::cat(parts, axis_));
  }
  void backward(Trace& trace) const override {
    const at::Tensor gradient = take_gradient(trace);
    const std::int64_t* lengths = kept(trace)[0].data_ptr<std::int64_t>();
    std::int64_t start = 0;
    for (std::size_t i = 0; i < inputs.size(); start += lengths[i++])
      trace.add_gradient(
          inputs[i], gradient.narrow(axis_, start, lengths[i]).contiguous(gradient.suggest_memory_format()));
  }

 private:
  std::int64_t axis_;
};

class MaxPool : public Stage {
 public:
  explicit MaxPool(MaxPoolSettings settings) : of_(std::move(settings)) {}
  void forward(Trace& trace) const override {
    auto [value, places] =
        at::max_pool2d_with_indices(input(trace), of_.size, of_.stride, of_.padding, of_.dilation, of_.ceil);
    kept(trace) = {input(trace), places};
    set_output(trace, std::move(value));
  }
  void backward(Trace& trace) const override {
    std::vector<at::Tensor>& mine = kept(trace);
    const at::Tensor gradient = take_gradient(trace).contiguous(mine[0].suggest_memory_format());
    trace.add_gradient(
        inputs[0], at::max_pool2d_with_indices_backward(gradient, mine[0], of_.size, of_.stride, of_.padding,
                                                        of_.dilation, of_.ceil, mine[1]));
    mine.clear();
  }

 private:
  MaxPoolSettings of_;
};

}  // namespace

void Trace::add_gradient(int slot, at::Tensor gradient) {
  at::Tensor& there = gradients[std::size_t(slot)];
  if (!there.defined())
    there = std::move(gradient);
  else if (is_mine(there))
    there.add_(gradient);
  else if (is_mine(gradient))
    there = gradient.add_(there);
  else
    there = there + gradient;
}

std::size_t Trace::bytes() const {
  std::size_t total = 0;
  const auto count = [&](const at::Tensor& tensor) {
    if (tensor.defined()) total += tensor.nbytes();
  };
  for (const std::vector<at::Tensor>& tensors : kept)
    for (const at::Tensor& tensor : tensors) count(tensor);
  for (const c10::IValue& value : values)
    if (value.isTensor()) count(value.toTensor());
  return total;
}

std::unique_ptr<Stage> make_rectifier(const Rectifier& rectifier) {
  return std::make_unique<Rectify>(rectifier);
}
std::unique_ptr<Stage> make_sum() { return std::make_unique<Sum>(); }
std::unique_ptr<Stage> make_concatenation(std::int64_t axis) { return std::make_unique<Concatenation>(axis); }
std::unique_ptr<Stage> make_max_pool(MaxPoolSettings settings) {
  return std::make_unique<MaxPool>(std::move(settings));
}

}  // namespace tessera::featurevis
