#pragma once

#include <unordered_map>

#include "featurevis/stages/stage.h"

namespace tessera::featurevis {

// Operations of any kind, one after another, by LibTorch's own derivatives.
struct AutomaticStep {
  const jit::Node* node = nullptr;
  std::vector<std::optional<c10::IValue>> constants;  // by input; nothing where it is computed
};
// `values`: the graph's values by slot, for what enters and leaves.
std::unique_ptr<Stage> make_automatic(std::vector<AutomaticStep> steps, std::vector<const jit::Value*> inputs,
                                      std::vector<const jit::Value*> outputs);

// Runs one operation.
std::vector<c10::IValue> run_node(const jit::Node* node, std::vector<c10::IValue> inputs);

}  // namespace tessera::featurevis
