#pragma once

#include <unordered_map>

#include "model/flat_graph.h"

namespace tessera::check {

// A flat graph in float64: the same operations on the same constants, as exact as finite differences need.
// Slow, and independent of everything that makes runs fast.
class WideNetwork {
 public:
  // Throws Error for a graph with an operation of 32 bits alone, when it is run.
  explicit WideNetwork(const model::FlatGraph& flat);

  // Records a picture.
  void record(const at::Tensor& picture);

  // [1,classes] with a layer's tensor replaced; everything that does not depend on it as recorded.
  at::Tensor logits(const jit::Value* layer, const at::Tensor& replacement) const;
  at::Tensor recorded(const jit::Value* value) const { return values_.at(value).toTensor(); }
  at::Tensor recorded_logits() const { return recorded(flat_.logits); }

 private:
  using Values = std::unordered_map<const jit::Value*, c10::IValue>;
  std::vector<c10::IValue> run(const jit::Node& node, const Values& known) const;

  const model::FlatGraph& flat_;
  Values values_;
};

}  // namespace tessera::check
