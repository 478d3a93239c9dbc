#pragma once

#include <string>

#include "tessera/base/cube.h"

namespace tessera::model {

// What a network goes on with instead of what a layer gives: factor ⊙ value − minus, for every picture alike.
// Cubes of the layer's shape; an empty one is left out.
struct LayerChange {
  std::string layer;  // name or alias
  Cube factor;
  Cube minus;
};

}  // namespace tessera::model
