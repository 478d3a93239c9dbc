#pragma once

#include <memory>
#include <vector>

#include "model/torch.h"

namespace tessera::featurevis {

// What one pass through a part of the network leaves for the way back. Every icon's is its own.
struct Trace {
  std::vector<c10::IValue> values;            // by slot
  std::vector<at::Tensor> gradients;          // by slot; undefined stands for zero
  std::vector<std::vector<at::Tensor>> kept;  // by stage
  bool redirect = false;                      // rectifiers use the redirected rule

  const at::Tensor& tensor(int slot) const { return values[std::size_t(slot)].toTensor(); }
  void add_gradient(int slot, at::Tensor gradient);
  std::size_t bytes() const;  // that it holds
};

// A few operations of the network with their gradient by what depends on the picture; weights have none.
// Several threads may use one, each with a trace of its own.
class Stage {
 public:
  virtual ~Stage() = default;

  virtual void forward(Trace& trace) const = 0;
  // Takes the gradients of `outputs` (some may be undefined) and adds to those of `inputs`.
  virtual void backward(Trace& trace) const = 0;

  // Slots.
  std::vector<int> inputs;
  std::vector<int> outputs;
  std::size_t index = 0;  // in Trace::kept

 protected:
  const at::Tensor& input(const Trace& trace) const { return trace.tensor(inputs[0]); }
  void set_output(Trace& trace, at::Tensor value) const {
    trace.values[std::size_t(outputs[0])] = std::move(value);
  }
  at::Tensor take_gradient(Trace& trace) const { return std::move(trace.gradients[std::size_t(outputs[0])]); }
  std::vector<at::Tensor>& kept(Trace& trace) const { return trace.kept[index]; }
};

// Whether nothing else refers to a tensor's memory.
inline bool is_mine(const at::Tensor& tensor) {
  return tensor.use_count() == 1 && tensor.storage().use_count() == 1 &&
         tensor.is_non_overlapping_and_dense();
}

}  // namespace tessera::featurevis
