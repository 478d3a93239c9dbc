#pragma once

#include <list>
#include <memory>
#include <optional>
#include <span>
#include <unordered_map>
#include <unordered_set>
#include <vector>

#include "model/flat_graph.h"
#include "model/packed_kernels.h"
#include "model/program.h"
#include "tessera/model/model.h"

namespace tessera::model {

// What the modules that work on the graph (attribution, featurevis) may use. One thread at a time.
struct Model::Impl {
  ModelCard card;
  c10::Device device = c10::Device(c10::kCPU);
  FlatGraph flat;
  bool changed = false;   // by change_layer: no longer what the file says
  PackedKernels kernels;  // of its convolutions, and of what is made of them

  // Throws Error for an unknown layer.
  const LayerValue& layer(std::string_view name) const;

  // A picture as the network's input.
  at::Tensor input_of(const Image& picture) const;

  // From `inputs` to `outputs` of `flat.graph`, made once and kept for a while. To be run without gradients:
  // on the CPU it computes by operations that have none.
  const Program& program(std::span<jit::Value* const> inputs, std::span<jit::Value* const> outputs);

  // For whoever has changed the graph: what was made of it is made anew.
  void forget_programs();

  // Whether a batch of values of `from` (the picture, or what a layer gives for it) gives what they give one
  // by one. Tried once for each, on `value` and on others whose least, greatest, mean and deviation differ:
  // networks may have the batch size written into them where no rewriting finds it, or mix the pictures of a
  // batch. `input`: the picture's, for what by-passes the layer.
  bool runs_in_batches(jit::Value* from, const at::Tensor& value, const at::Tensor& input);

  // Whether the network decides for a picture as this graph was written down (FlatGraph::decisions).
  bool follows(const at::Tensor& input);
  // Throws Error where it does not.
  void check_follows(const at::Tensor& input);

 private:
  struct Kept {
    std::vector<jit::Value*> inputs;
    std::vector<jit::Value*> outputs;
    Program program;
  };
  std::list<Kept> kept_;  // the last used first
  std::optional<std::unordered_set<const jit::Value*>> finite_;
  std::unordered_map<const jit::Value*, bool> runs_in_batches_;
};

}  // namespace tessera::model
