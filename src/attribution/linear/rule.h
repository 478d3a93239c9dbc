#pragma once

#include <memory>
#include <optional>
#include <string_view>
#include <vector>

#include "attribution/linear/turned_kernels.h"
#include "attribution/linear/windows.h"
#include "model/torch.h"
#include "tessera/attribution/rules.h"
#include "tessera/attribution/sweeps.h"

namespace tessera::attribution {

// A batch of derivatives has one leading axis more than the value that it belongs to: [B, *shape]. So an
// operation may do what it likes to the axes of its value. A tensor value has one of them, a list one for
// each element; undefined stands for zero.
using Slot = std::vector<at::Tensor>;

class CheckedOperations;

// An operation of the network with the values recorded around it.
struct Operation {
  const jit::Node* node = nullptr;
  jit::Operation* run = nullptr;
  std::vector<c10::IValue> inputs;
  std::vector<c10::IValue> outputs;
  std::vector<bool> varies;              // for each input: depends on the picture
  TurnedKernels* kernels = nullptr;      // of the network
  CheckedOperations* checked = nullptr;  // of the network

  std::string_view name() const;  // "conv2d"
  // By the name in the operation's schema; throws std::out_of_range.
  std::size_t index(std::string_view argument) const;
  const c10::IValue& argument(std::string_view name) const { return inputs[index(name)]; }
  bool has(std::string_view argument) const;
  const at::Tensor& input() const { return inputs[0].toTensor(); }
  const at::Tensor& output() const { return outputs[0].toTensor(); }
  bool only_varies(std::size_t input) const;  // of all its inputs
  bool is_complex() const;                    // a tensor of complex numbers goes in or comes out
  c10::Device output_device() const;          // of its first tensor; the processor where it has none
};

// The derivative of one operation at recorded values, to be applied to batches in either direction. Linear.
class Rule {
 public:
  virtual ~Rule() = default;

  // From one slot for each input to one for each output. Takes them over: a tensor that nobody else holds may
  // be overwritten.
  virtual std::vector<Slot> forward(std::vector<Slot> tangents) = 0;

  // From one slot for each output to one for each input; those not `wanted` may stay empty.
  virtual std::vector<Slot> backward(std::vector<Slot> gradients, const std::vector<bool>& wanted) = 0;

  // Forward for an operation whose one varying input is zero but in a window of each map: windows of its
  // output, or nothing where it has to be done on whole maps.
  virtual std::optional<Windows> forward_windows(const Windows&) { return std::nullopt; }

  // How forward or backward came about.
  virtual Engine engine(Direction) const { return Engine::linearised; }

  // Whether forward works.
  virtual bool has_forward() const { return true; }
};

// The derivative of an operation by one tensor, the input `source`, with one tensor as its output.
class SimpleRule : public Rule {
 public:
  explicit SimpleRule(const Operation& operation, std::size_t source = 0)
      : source_(source), inputs_(operation.inputs.size()) {}

  virtual at::Tensor push(at::Tensor tangent) = 0;
  virtual at::Tensor pull(at::Tensor gradient) = 0;

  std::vector<Slot> forward(std::vector<Slot> tangents) final;
  std::vector<Slot> backward(std::vector<Slot> gradients, const std::vector<bool>& wanted) final;

 private:
  std::size_t source_;
  std::size_t inputs_;
};

// What of the gradient rules concerns one operation.
struct RuleChoice {
  Pooling pooling = Pooling::exact;
  bool blur_max_pools = false;
  bool blur_strided_convolutions = false;
};

// The rule for an operation: one of its own where there is one, else one by LibTorch's derivatives.
std::unique_ptr<Rule> make_rule(const Operation& operation, const RuleChoice& choice);

// [B, n, …] as [B·n, …] and back, for operations that take one batch axis.
at::Tensor fold(const at::Tensor& tensor);
at::Tensor unfold(const at::Tensor& tensor, std::int64_t batch);

// A batch of tensors with `rank` axes each, after as many axes of one as it takes: [B, 1, …, *shape].
at::Tensor lift(const at::Tensor& tensor, std::int64_t rank);

// The adjoint of broadcasting: sums a batch [B, *shape] down to [B, *sizes].
at::Tensor summed_to(at::Tensor tensor, at::IntArrayRef sizes);

// Whether nothing else refers to a tensor's memory.
bool is_mine(const at::Tensor& tensor);

// factor broadcasts against a batch.
at::Tensor times(at::Tensor batch, const at::Tensor& factor);

}  // namespace tessera::attribution
