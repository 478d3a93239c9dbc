#include "model/extract.h"

#include <unordered_set>
#include <vector>

#include "tessera/base/error.h"

namespace tessera::model {
namespace {

// The operations between `inputs` and `outputs`.
std::unordered_set<const jit::Node*> operations_between(
    const std::unordered_map<const jit::Value*, jit::Value*>& inputs, std::span<jit::Value* const> outputs) {
  std::unordered_set<const jit::Node*> needed;
  std::vector<const jit::Value*> waiting(outputs.begin(), outputs.end());
  while (!waiting.empty()) {
    const jit::Value* value = waiting.back();
    waiting.pop_back();
    if (inputs.contains(value)) continue;
    const jit::Node* node = value->node();
    if (node->kind() == c10::prim::Param)
      throw Error("a part of the network was asked for without the input that it needs",
                  "%" + value->debugName());
    if (needed.insert(node).second)
      waiting.insert(waiting.end(), node->inputs().begin(), node->inputs().end());
  }
  return needed;
}

}  // namespace

Extract extract(const jit::Graph& graph, std::span<jit::Value* const> inputs,
                std::span<jit::Value* const> outputs) {
  Extract part;
  part.graph = std::make_shared<jit::Graph>();
  for (jit::Value* input : inputs) {
    jit::Value* copy = part.graph->addInput();
    copy->setType(input->type());
    part.copies[input] = copy;
  }
  const auto needed = operations_between(part.copies, outputs);
  const auto copy_of = [&](const jit::Value* value) { return part.copies.at(value); };
  for (const jit::Node* node : graph.nodes()) {
    if (!needed.contains(node)) continue;
    jit::Node* copy = part.graph->insertNode(part.graph->createClone(const_cast<jit::Node*>(node), copy_of));
    for (std::size_t i = 0; i < node->outputs().size(); ++i)
      part.copies.try_emplace(node->outputs()[i], copy->outputs()[i]);
  }
  for (jit::Value* output : outputs) part.graph->registerOutput(part.copies.at(output));
  return part;
}

}  // namespace tessera::model
