#pragma once

#include "model/flat_graph.h"
#include "tessera/model/layer_change.h"

namespace tessera::model {

// Writes the change into the graph, right behind the layer: all that reads its value reads the changed one,
// which has the layer's name from then on. Throws Error for an unknown layer, the network's input, and cubes
// of another shape.
void change_layer(FlatGraph& flat, const LayerChange& change, c10::Device device);

}  // namespace tessera::model
