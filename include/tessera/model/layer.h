#pragma once

#include <cstddef>
#include <string>
#include <vector>

namespace tessera::model {

// What of the graph a layer's values are.
enum class LayerKind {
  input,  // the network's input, after preprocessing
  map,    // a 4-D value [N,C,H,W]
  tokens  // a transformer's [N,T,D], shown as a square grid of its T - `prefix_tokens` patch tokens
};

// A layer as a view sees it: a value of the model's graph that leaves a module.
struct LayerInfo {
  std::string name;                  // module path: "blocks.7.expand"; "input" for the network's input
  std::vector<std::string> aliases;  // other modules that return the same value
  LayerKind kind = LayerKind::map;
  int height = 0;
  int width = 0;
  int channels = 0;
  int prefix_tokens = 0;    // class and register tokens, not part of the grid
  bool suggested = false;   // shown first
  bool non_negative = false;  // the output of a ReLU or the like
  std::string operation;    // what computed it: "relu6", "conv2d", "add"

  std::size_t neurons() const { return std::size_t(height) * width * channels; }
};

}  // namespace tessera::model
