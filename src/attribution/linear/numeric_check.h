#pragma once

#include <functional>
#include <vector>

#include "attribution/linear/rule.h"
#include "model/in_layout_of.h"

namespace tessera::attribution {

using model::in_layout_of;

// Operations whose derivative by LibTorch has been compared with finite differences: each once for a network,
// in each direction.
class CheckedOperations {
 public:
  enum class Verdict { unknown, sound, wrong };
  Verdict& of(const jit::Node& node, Direction direction);

 private:
  std::unordered_map<std::string, Verdict> verdicts_;
};

// The operation at values a little beside its own, by one thousandth of the largest.
Operation moved_aside(const Operation& operation, const std::vector<std::size_t>& tensors,
                      const std::vector<std::size_t>& lists);

// Compares a derivative of an operation with central differences of the operation itself, in float64 where it
// can be run so, along a random direction of its varying inputs; a direction that crosses a kink is tried
// again with others. `derivative`: from a direction for each varying tensor (in the order of `varying`, lists
// one after the other) and a weight for each output to ⟨weights, J direction⟩. `layout`: incoming
// derivatives, whose layout in memory the weights get; may be empty. True where it agrees, and where nothing
// finite can be compared.
bool agrees_with_differences(const Operation& operation, const std::vector<std::size_t>& tensors,
                             const std::vector<std::size_t>& lists, const std::vector<Slot>& layout,
                             const std::function<double(const std::vector<Slot>& directions,
                                                        const std::vector<Slot>& weights)>& derivative);

// What an operation returned, as one list of tensors for each output; what is not a tensor of real or complex
// numbers is undefined.
std::vector<Slot> slots_of(const std::vector<c10::IValue>& outputs);

inline bool has_derivative(const at::Tensor& tensor) {
  return tensor.is_floating_point() || tensor.is_complex();
}

}  // namespace tessera::attribution
