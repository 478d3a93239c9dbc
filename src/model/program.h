#pragma once

#include <vector>

#include "model/torch.h"

namespace tessera::model {

// A straight-line graph, ready to run: on the interpreter, without the profiling executor, under ordinary
// autograd. Grad mode is the caller's business, as it is thread-local. Running it does not change it.
class Program {
 public:
  explicit Program(std::shared_ptr<jit::Graph> graph);

  std::vector<at::Tensor> run(const std::vector<at::Tensor>& inputs) const;
  // The same where outputs may be numbers.
  std::vector<c10::IValue> run_values(const std::vector<at::Tensor>& inputs) const;

 private:
  jit::Code code_;
};

}  // namespace tessera::model
