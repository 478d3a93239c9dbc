// Products: element by element, of matrices, and linear layers. Where both factors depend on the picture,
// each is varied while the other keeps its recorded value.
#include "attribution/linear/factories.h"

namespace tessera::attribution {
namespace {

// A product of two tensors a and b, bilinear.
class Product : public Rule {
 public:
  explicit Product(const Operation& operation) : count_(operation.inputs.size()) {}

  std::vector<Slot> forward(std::vector<Slot> tangents) override {
    at::Tensor result;
    for (const int side : {0, 1}) {
      Slot& slot = tangents[std::size_t(side)];
      if (slot.empty() || !slot[0].defined()) continue;
      at::Tensor tangent = std::move(slot[0]);
      slot.clear();
      const at::Tensor part = varied(side, std::move(tangent));
      result = result.defined() ? result + part : part;
    }
    return {Slot{result}};
  }

  std::vector<Slot> backward(std::vector<Slot> gradients, const std::vector<bool>& wanted) override {
    std::vector<Slot> result(count_);
    for (const int side : {0, 1})
      if (wanted[std::size_t(side)]) result[std::size_t(side)] = Slot{adjoint(side, gradients[0][0])};
    return result;
  }

 protected:
  virtual at::Tensor varied(int side, at::Tensor tangent) = 0;
  virtual at::Tensor adjoint(int side, const at::Tensor& gradient) = 0;

 private:
  std::size_t count_;
};

class ElementProduct : public Product {
 public:
  ElementProduct(const Operation& operation, at::Tensor left, at::Tensor right)
      : Product(operation), factors_{std::move(left), std::move(right)}, rank_(operation.output().dim()) {
    for (std::size_t i = 0; i < 2; ++i)
      if (operation.inputs[i].isTensor()) sizes_[i] = operation.inputs[i].toTensor().sizes().vec();
  }

 protected:
  at::Tensor varied(int side, at::Tensor tangent) override {
    if (tangent.dim() < rank_ + 1) tangent = lift(tangent, rank_);
    return times(std::move(tangent), factors_[1 - side]);
  }
  at::Tensor adjoint(int side, const at::Tensor& gradient) override {
    return summed_to(gradient * factors_[1 - side], sizes_[side]);
  }

 private:
  at::Tensor factors_[2];  // the derivative by the one side is the other
  std::vector<std::int64_t> sizes_[2];
  std::int64_t rank_;
};

class MatrixProduct : public Product {
 public:
  explicit MatrixProduct(const Operation& operation)
      : Product(operation), left_(operation.inputs[0].toTensor()), right_(operation.inputs[1].toTensor()) {}

 protected:
  at::Tensor varied(int side, at::Tensor tangent) override {
    const std::int64_t rank = std::max(left_.dim(), right_.dim());
    tangent = lift(tangent, rank);
    return side == 0 ? at::matmul(tangent, right_) : at::matmul(left_, tangent);
  }
  at::Tensor adjoint(int side, const at::Tensor& gradient) override {
    return side == 0 ? summed_to(at::matmul(gradient, right_.transpose(-1, -2)), left_.sizes())
                     : summed_to(at::matmul(left_.transpose(-1, -2), gradient), right_.sizes());
  }

 private:
  at::Tensor left_;
  at::Tensor right_;
};

class LinearLayer : public SimpleRule {
 public:
  LinearLayer(const Operation& operation, std::size_t source, at::Tensor matrix)
      : SimpleRule(operation, source), matrix_(std::move(matrix)) {}
  at::Tensor push(at::Tensor tangent) override { return at::matmul(tangent, matrix_); }
  at::Tensor pull(at::Tensor gradient) override { return at::matmul(gradient, matrix_.t()); }

 private:
  at::Tensor matrix_;  // in × out
};

at::Tensor as_tensor(const c10::IValue& value, const at::Tensor& like) {
  if (value.isTensor()) return value.toTensor();
  return at::scalar_tensor(value.toScalar(), like.options().memory_format(std::nullopt));
}

}  // namespace

std::unique_ptr<Rule> product_rule(const Operation& operation, const RuleChoice&) {
  const std::string_view name = operation.name();
  if (operation.outputs.size() != 1 || !operation.outputs[0].isTensor()) return nullptr;
  if (name == "linear" && operation.only_varies(0) && operation.input().dim() >= 2)
    return std::make_unique<LinearLayer>(operation, 0, operation.argument("weight").toTensor().t());
  if (name == "addmm" && operation.only_varies(1) && operation.argument("alpha").toScalar().toDouble() == 1)
    return std::make_unique<LinearLayer>(operation, 1, operation.inputs[2].toTensor());

  if (operation.inputs.size() < 2) return nullptr;
  for (std::size_t i = 0; i < operation.inputs.size(); ++i)
    if (operation.varies[i] && (i > 1 || !operation.inputs[i].isTensor())) return nullptr;
  if (name == "matmul" || name == "mm" || name == "bmm") {
    if (operation.inputs[0].toTensor().dim() < 2 || operation.inputs[1].toTensor().dim() < 2) return nullptr;
    return std::make_unique<MatrixProduct>(operation);
  }
  const auto is_number = [&](std::size_t i) {
    return operation.inputs[i].isTensor() || operation.inputs[i].isScalar();
  };
  if (!is_number(0) || !is_number(1)) return nullptr;
  const at::Tensor& like = operation.output();
  if (!like.is_floating_point()) return nullptr;
  if (name == "mul")
    return std::make_unique<ElementProduct>(operation, as_tensor(operation.inputs[0], like),
                                            as_tensor(operation.inputs[1], like));
  if (name == "div" && operation.inputs.size() == 2) {
    // ∂(a/b) = ∂a / b − ∂b · a / b²
    const at::Tensor below = as_tensor(operation.inputs[1], like);
    return std::make_unique<ElementProduct>(operation, -like / below, below.reciprocal());
  }
  return nullptr;
}

}  // namespace tessera::attribution
