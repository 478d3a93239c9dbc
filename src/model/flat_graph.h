#pragma once

#include <cstdint>
#include <string>
#include <unordered_map>
#include <vector>

#include "model/torch.h"
#include "tessera/model/layer.h"

namespace tessera::model {

// How a layer's tensor holds positions and channels.
enum class Arrangement {
  channels_first,  // [N,C,H,W]
  channels_last,   // [N,H,W,C], as some transformers keep their maps
  tokens           // [N,T,D]: the grid row by row, and class and register tokens
};

// A layer and where it is in the graph.
struct LayerValue {
  LayerInfo info;
  jit::Value* value = nullptr;  // of FlatGraph::graph
  Arrangement arrangement = Arrangement::channels_first;
  // Which tokens are the grid's cells, row by row; empty: those after info.prefix_tokens others.
  std::vector<std::int64_t> patch_tokens;
};

// The first batch norm: it remembers what the network was trained on. There, (value - bias) / weight has mean
// 0 and standard deviation 1 in every channel.
struct FirstNorm {
  jit::Value* value = nullptr;  // null: the network has none
  at::Tensor weight;            // [C]
  at::Tensor bias;
};

// A number (or truth value) by which the program chose what to run, and what it was.
struct Decision {
  jit::Value* value = nullptr;
  c10::IValue taken;

  bool is_as(const c10::IValue& found) const;
};

// How what the model returns follows from the logits of its flat graph.
enum class ScoreForm {
  plain,
  softmax,
  log_softmax,
  logarithm,  // it returns probabilities, and the logits are their logarithms
  single      // it returns the second of two logits; the first is zero
};

// A network as one straight line of operations without side effects: no modules, control flow, in-place
// operations, dropout or batch norms in training mode. Its one input is the picture [N,C,H,W], its one output
// the scores before softmax [N,classes]. Never changed once anything has been made of it: programs run copies
// of parts of it (extract.h). Before that, change_layer.h may.
struct FlatGraph {
  std::shared_ptr<jit::Graph> graph;
  jit::Value* picture = nullptr;
  jit::Value* logits = nullptr;
  // Shapes in the dry run, with N = 1.
  std::unordered_map<const jit::Value*, std::vector<std::int64_t>> sizes;
  std::vector<LayerValue> layers;  // in the order of computation; the first is the picture

  FirstNorm first_norm;

  // By which this line was chosen: for a picture that decides otherwise the network is another one. In the
  // order of computation; their values are part of the graph. Such networks take one picture at a time.
  std::vector<Decision> decisions;
  std::size_t output = 0;  // which of the tensors that the model returns has the scores, counted in order
  ScoreForm form = ScoreForm::plain;
  bool evaluated = false;  // the file is in training mode, the graph in evaluation mode
  bool random = false;     // the network draws numbers, which are replaced by their mean or fixed

  // By name or alias; nullptr where there is none.
  const LayerValue* find_layer(std::string_view name) const;
};

}  // namespace tessera::model
