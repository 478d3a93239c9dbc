#pragma once

#include <memory>
#include <vector>

#include "featurevis/stages/stage.h"
#include "model/flat_graph.h"

namespace tessera::featurevis {

// The network from the picture to one value, to be run forwards and back many times. Its weights stay as they
// are: only the picture has a gradient.
class Part {
 public:
  // `type`: what it computes in, kFloat or kBFloat16.
  Part(const model::FlatGraph& flat, jit::Value* end, at::ScalarType type = at::kFloat);
  ~Part();
  Part(Part&&) noexcept;
  Part& operator=(Part&&) noexcept;

  // picture: [N,C,H,W] float32, channels last in memory. Both may be called on several threads at a time,
  // with a trace each. Values and gradients are float32, whatever the part computes in.
  at::Tensor forward(const at::Tensor& picture, Trace& trace) const;
  at::Tensor backward(const at::Tensor& gradient, Trace& trace) const;  // after forward; once

  std::size_t stages() const { return stages_.size(); }
  // Operations left to LibTorch's own derivatives.
  std::size_t automatic_operations() const { return automatic_operations_; }

 private:
  friend class PartBuilder;

  std::shared_ptr<jit::Graph> graph_;  // whose nodes the stages run
  at::ScalarType type_;
  std::vector<std::unique_ptr<Stage>> stages_;
  std::vector<std::vector<int>> finished_;  // by stage: slots that no later one reads
  int slots_ = 0;
  int picture_ = 0;  // slots
  int end_ = 0;
  std::size_t automatic_operations_ = 0;
};

}  // namespace tessera::featurevis
