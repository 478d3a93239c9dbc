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

// How a layer's own grid of cells lies on the picture, for networks that turn their picture inside:
// transposed first, then flipped, it lies as the picture does. A layer's height, width and cubes are turned
// already; this says what was done.
struct Turn {
  bool transposed = false;
  bool flipped_rows = false;     // upside down
  bool flipped_columns = false;  // left to right

  bool none() const { return *this == Turn{}; }
  bool operator==(const Turn&) const = default;
};
std::string to_text(const Turn& turn);  // "transposed", "rotated by 90° clockwise"; "as the picture" for none

// A layer as a view sees it: a value of the model's graph that leaves a module.
struct LayerInfo {
  std::string name;                  // module path: "blocks.7.expand"; "input" for the network's input
  std::vector<std::string> aliases;  // other modules that return the same value
  LayerKind kind = LayerKind::map;
  int height = 0;
  int width = 0;
  int channels = 0;
  int prefix_tokens = 0;  // class and register tokens, not part of the grid, wherever they stand
  Turn turn;
  bool suggested = false;     // shown first
  bool non_negative = false;  // the output of a ReLU or the like
  std::string operation;      // what computed it: "relu6", "conv2d", "add"

  std::size_t neurons() const { return std::size_t(height) * width * channels; }
};

}  // namespace tessera::model
