#include "attribution/linear/numeric_check.h"

#include <cmath>

namespace tessera::attribution {
namespace {

at::Tensor wide(const at::Tensor& tensor) {
  if (!tensor.defined()) return tensor;
  if (tensor.is_complex()) return tensor.to(at::kComplexDouble);
  return tensor.is_floating_point() ? tensor.to(at::kDouble) : tensor;
}

c10::IValue wide(const c10::IValue& value) {
  if (value.isTensor()) return wide(value.toTensor());
  if (!value.isTensorList()) return value;
  std::vector<at::Tensor> list = value.toTensorVector();
  for (at::Tensor& tensor : list) tensor = wide(tensor);
  return list;
}

double sum_of_products(const at::Tensor& a, const at::Tensor& b) {
  const at::Tensor product = a.is_complex() || b.is_complex() ? at::real(a.conj() * b) : a * b;
  return product.to(at::kDouble).sum().item<double>();
}

double sum_of_products(const std::vector<Slot>& a, const std::vector<Slot>& b) {
  double sum = 0;
  for (std::size_t i = 0; i < a.size(); ++i)
    for (std::size_t j = 0; j < a[i].size(); ++j)
      if (a[i][j].defined() && b[i].size() > j && b[i][j].defined())
        sum += sum_of_products(wide(a[i][j]), wide(b[i][j]));
  return sum;
}

class Differences {
 public:
  Differences(const Operation& operation, const std::vector<std::size_t>& tensors,
              const std::vector<std::size_t>& lists)
      : operation_(operation), tensors_(tensors), lists_(lists) {
    for (const c10::IValue& input : operation.inputs) inputs_.push_back(wide(input));
    try {
      run(inputs_);
    } catch (const std::exception&) {  // an operation of 32 bits alone
      inputs_ = operation.inputs;
      wide_ = false;
    }
  }

  // The step, as a share of an input's largest value.
  double step() const { return wide_ ? 1e-6 : 1e-3; }
  double tolerance() const { return wide_ ? 1e-3 : 2e-2; }

  // A random direction in which to change the inputs, as large as they are.
  std::vector<Slot> direction(at::Generator& generator) const {
    std::vector<Slot> result(inputs_.size());
    const auto random = [&](const at::Tensor& value) {
      const at::Tensor drawn = at::randn(value.sizes(), generator, value.options());
      const double size = value.numel() ? value.abs().max().item().toDouble() : 0;
      return drawn * (std::isfinite(size) && size > 0 ? size : 1);
    };
    for (const std::size_t i : tensors_) result[i] = {random(inputs_[i].toTensor())};
    for (const std::size_t i : lists_)
      for (const at::Tensor& value : inputs_[i].toTensorVector())
        result[i].push_back(has_derivative(value) ? random(value) : at::Tensor());
    return result;
  }

  std::vector<Slot> along(const std::vector<Slot>& direction, double step) const {
    std::vector<Slot> forwards = run(moved(direction, step));
    const std::vector<Slot> backwards = run(moved(direction, -step));
    for (std::size_t i = 0; i < forwards.size(); ++i)
      for (std::size_t j = 0; j < forwards[i].size(); ++j)
        if (forwards[i][j].defined()) forwards[i][j] = (forwards[i][j] - backwards[i][j]) / (2 * step);
    return forwards;
  }

 private:
  std::vector<c10::IValue> moved(const std::vector<Slot>& direction, double step) const {
    std::vector<c10::IValue> stack = inputs_;
    for (const std::size_t i : tensors_) stack[i] = stack[i].toTensor() + direction[i][0] * step;
    for (const std::size_t i : lists_) {
      std::vector<at::Tensor> list = stack[i].toTensorVector();
      for (std::size_t j = 0; j < list.size(); ++j)
        if (direction[i][j].defined()) list[j] = list[j] + direction[i][j] * step;
      stack[i] = list;
    }
    return stack;
  }
  std::vector<Slot> run(std::vector<c10::IValue> stack) const {
    (*operation_.run)(stack);
    return slots_of(stack);
  }

  const Operation& operation_;
  const std::vector<std::size_t>& tensors_;
  const std::vector<std::size_t>& lists_;
  std::vector<c10::IValue> inputs_;
  bool wide_ = true;
};

// Weights for the outputs: the change itself with as much noise, so that what is compared is no small
// difference of large numbers.
std::vector<Slot> weights_for(const std::vector<Slot>& change, const std::vector<Slot>& layout,
                              at::Generator& generator) {
  std::vector<Slot> weights = change;
  for (std::size_t i = 0; i < weights.size(); ++i)
    for (std::size_t j = 0; j < weights[i].size(); ++j) {
      at::Tensor& weight = weights[i][j];
      if (!weight.defined()) continue;
      const double size = weight.numel() ? weight.abs().square().mean().sqrt().item().toDouble() : 0;
      weight = weight + at::randn(weight.sizes(), generator, weight.options()) * (size > 0 ? size : 1);
      weight = weight.to(weight.is_complex() ? at::kComplexFloat : at::kFloat);
      if (layout.size() > i && layout[i].size() > j && layout[i][j].defined())
        weight = in_layout_of(weight, layout[i][j].select(0, 0));
    }
  return weights;
}

}  // namespace

CheckedOperations::Verdict& CheckedOperations::of(const jit::Node& node, Direction direction) {
  std::string key = node.kind().toQualString();
  if (const c10::FunctionSchema* schema = node.maybeSchema()) key += "." + schema->overload_name();
  return verdicts_[key + (direction == Direction::forward ? " forward" : " backward")];
}

std::vector<Slot> slots_of(const std::vector<c10::IValue>& outputs) {
  std::vector<Slot> slots;
  for (const c10::IValue& output : outputs) {
    Slot slot;
    if (output.isTensor()) slot = {output.toTensor()};
    if (output.isTensorList()) slot = output.toTensorVector();
    for (at::Tensor& tensor : slot)
      if (tensor.defined() && !has_derivative(tensor)) tensor.reset();
    slots.push_back(std::move(slot));
  }
  return slots;
}

Operation moved_aside(const Operation& operation, const std::vector<std::size_t>& tensors,
                      const std::vector<std::size_t>& lists) {
  const at::NoGradGuard no_grad;
  at::Generator generator = at::detail::createCPUGenerator(2);
  Operation moved = operation;
  const auto move = [&](const at::Tensor& value) {
    if (!has_derivative(value) || value.numel() == 0 || !value.is_cpu()) return value;
    return value + at::randn(value.sizes(), generator, value.options()) * (value.abs().max() * 1e-3);
  };
  for (const std::size_t i : tensors) moved.inputs[i] = move(moved.inputs[i].toTensor());
  for (const std::size_t i : lists) {
    std::vector<at::Tensor> list = moved.inputs[i].toTensorVector();
    for (at::Tensor& tensor : list) tensor = move(tensor);
    moved.inputs[i] = list;
  }
  moved.outputs = moved.inputs;
  (*operation.run)(moved.outputs);
  return moved;
}

bool agrees_with_differences(
    const Operation& operation, const std::vector<std::size_t>& tensors,
    const std::vector<std::size_t>& lists, const std::vector<Slot>& layout,
    const std::function<double(const std::vector<Slot>&, const std::vector<Slot>&)>& derivative) {
  const at::NoGradGuard no_grad;
  at::Generator generator = at::detail::createCPUGenerator(1);
  if (!operation.output_device().is_cpu()) return true;  // the same formulas; compared on the processor
  const Differences differences(operation, tensors, lists);
  bool compared = false;
  for (const double share : {1.0, .1, .01}) {
    const std::vector<Slot> direction = differences.direction(generator);
    const std::vector<Slot> change = differences.along(direction, differences.step() * share);
    const std::vector<Slot> weights = weights_for(change, layout, generator);
    const double expected = sum_of_products(weights, change);
    const double size = std::sqrt(sum_of_products(weights, weights) * sum_of_products(change, change));
    if (!std::isfinite(size)) continue;
    compared = true;
    std::vector<Slot> narrow = direction;
    for (Slot& slot : narrow)
      for (at::Tensor& tensor : slot)
        if (tensor.defined()) tensor = tensor.to(tensor.is_complex() ? at::kComplexFloat : at::kFloat);
    const double found = derivative(narrow, weights);
    // Where nothing changes (rounding, comparisons) the derivative is to be zero as well.
    const double floor =
        1e-5 * std::sqrt(sum_of_products(weights, weights) * sum_of_products(direction, direction));
    if (std::abs(found - expected) <= differences.tolerance() * size + (size > 0 ? 0 : floor)) return true;
  }
  return !compared;
}

}  // namespace tessera::attribution
