#include "model/dead_code.h"

#include <algorithm>
#include <vector>

namespace tessera::model {

std::unordered_set<const jit::Value*> values_behind(std::span<const jit::Value* const> results) {
  std::unordered_set<const jit::Value*> live;
  std::vector<const jit::Value*> waiting(results.begin(), results.end());
  while (!waiting.empty()) {
    const jit::Value* value = waiting.back();
    waiting.pop_back();
    if (!live.insert(value).second) continue;
    for (const jit::Value* input : value->node()->inputs()) waiting.push_back(input);
  }
  return live;
}

void remove_dead_code(jit::Graph& graph, std::span<const jit::Value* const> results) {
  const auto live = values_behind(results);
  for (auto it = graph.nodes().rbegin(); it != graph.nodes().rend(); ++it) {
    const auto outputs = it->outputs();
    if (std::none_of(outputs.begin(), outputs.end(),
                     [&](const jit::Value* output) { return live.contains(output); }))
      it.destroyCurrent();
  }
}

}  // namespace tessera::model
