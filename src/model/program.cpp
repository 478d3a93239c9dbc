#include "model/program.h"

namespace tessera::model {

Program::Program(std::shared_ptr<jit::Graph> graph) : code_(graph, "tessera") {}

std::vector<c10::IValue> Program::run_values(const std::vector<at::Tensor>& inputs) const {
  jit::Stack stack(inputs.begin(), inputs.end());
  jit::InterpreterState(code_).run(stack);
  return stack;
}

std::vector<at::Tensor> Program::run(const std::vector<at::Tensor>& inputs) const {
  std::vector<c10::IValue> values = run_values(inputs);
  std::vector<at::Tensor> outputs;
  outputs.reserve(values.size());
  for (c10::IValue& value : values) outputs.push_back(std::move(value).toTensor());
  return outputs;
}

}  // namespace tessera::model
