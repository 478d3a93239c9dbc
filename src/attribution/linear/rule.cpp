#include "attribution/linear/rule.h"

#include <algorithm>
#include <stdexcept>

namespace tessera::attribution {

std::string_view Operation::name() const {
  const std::string_view qualified = node->kind().toQualString();
  return qualified.substr(qualified.find("::") + 2);
}

bool Operation::has(std::string_view argument) const {
  const c10::FunctionSchema* schema = node->maybeSchema();
  return schema && schema->argumentIndexWithName(argument).has_value();
}

std::size_t Operation::index(std::string_view argument) const {
  const c10::FunctionSchema* schema = node->maybeSchema();
  const auto found = schema ? schema->argumentIndexWithName(argument) : std::nullopt;
  if (!found) throw std::out_of_range("an operation has no argument " + std::string(argument));
  return std::size_t(*found);
}

bool Operation::only_varies(std::size_t input) const {
  for (std::size_t i = 0; i < varies.size(); ++i)
    if (varies[i] != (i == input)) return false;
  return true;
}

bool Operation::is_complex() const {
  const auto complex = [](const c10::IValue& value) {
    if (value.isTensorList()) {
      const std::vector<at::Tensor> list = value.toTensorVector();
      return std::any_of(list.begin(), list.end(),
                         [](const at::Tensor& tensor) { return tensor.is_complex(); });
    }
    return value.isTensor() && value.toTensor().defined() && value.toTensor().is_complex();
  };
  return std::any_of(inputs.begin(), inputs.end(), complex) ||
         std::any_of(outputs.begin(), outputs.end(), complex);
}

c10::Device Operation::output_device() const {
  for (const c10::IValue& value : outputs)
    if (value.isTensor() && value.toTensor().defined()) return value.toTensor().device();
  return c10::kCPU;
}

std::vector<Slot> SimpleRule::forward(std::vector<Slot> tangents) {
  at::Tensor tangent = std::move(tangents[source_][0]);
  return {Slot{push(std::move(tangent))}};
}

std::vector<Slot> SimpleRule::backward(std::vector<Slot> gradients, const std::vector<bool>&) {
  std::vector<Slot> result(inputs_);
  at::Tensor gradient = std::move(gradients[0][0]);
  result[source_] = Slot{pull(std::move(gradient))};
  return result;
}

at::Tensor fold(const at::Tensor& tensor) { return tensor.flatten(0, 1); }

at::Tensor unfold(const at::Tensor& tensor, std::int64_t batch) {
  return tensor.unflatten(0, {batch, tensor.size(0) / batch});
}

at::Tensor lift(const at::Tensor& tensor, std::int64_t rank) {
  at::Tensor result = tensor;
  while (result.dim() < rank + 1) result = result.unsqueeze(1);
  return result;
}

at::Tensor summed_to(at::Tensor tensor, at::IntArrayRef sizes) {
  const std::int64_t extra = tensor.dim() - 1 - std::int64_t(sizes.size());
  std::vector<std::int64_t> gone;
  for (std::int64_t axis = 1; axis <= extra; ++axis) gone.push_back(axis);
  if (!gone.empty()) tensor = tensor.sum(gone);
  std::vector<std::int64_t> kept;
  for (std::int64_t axis = 0; axis < std::int64_t(sizes.size()); ++axis)
    if (sizes[std::size_t(axis)] == 1 && tensor.size(axis + 1) != 1) kept.push_back(axis + 1);
  if (!kept.empty()) tensor = tensor.sum(kept, true);
  return tensor;
}

bool is_mine(const at::Tensor& tensor) {
  return tensor.use_count() == 1 && tensor.storage().use_count() == 1 &&
         tensor.is_non_overlapping_and_dense();
}

at::Tensor times(at::Tensor batch, const at::Tensor& factor) {
  bool in_place = is_mine(batch) && factor.dim() < batch.dim();
  for (std::int64_t axis = 1; in_place && axis <= factor.dim(); ++axis)
    in_place = factor.size(-axis) == 1 || factor.size(-axis) == batch.size(-axis);
  if (in_place) return std::move(batch.mul_(factor));
  return batch.mul(factor);
}

}  // namespace tessera::attribution
