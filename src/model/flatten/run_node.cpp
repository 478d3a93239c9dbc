#include "model/flatten/run_node.h"

namespace tessera::model {

std::vector<c10::IValue> run_node(const jit::Node& node, const std::vector<Traced>& inputs) {
  jit::Stack stack;
  for (const Traced& input : inputs) stack.push_back(input.value);
  // Operations of any number of arguments (a string's format) are told how many there are.
  if (const c10::FunctionSchema* schema = node.maybeSchema(); schema && schema->is_vararg())
    stack.emplace_back(std::int64_t(inputs.size()));
  node.getOperation()(stack);
  return stack;
}

}  // namespace tessera::model
