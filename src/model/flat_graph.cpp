#include "model/flat_graph.h"

#include <algorithm>

namespace tessera::model {

const LayerValue* FlatGraph::find_layer(std::string_view name) const {
  for (const LayerValue& layer : layers)
    if (layer.info.name == name) return &layer;
  for (const LayerValue& layer : layers)
    if (std::find(layer.info.aliases.begin(), layer.info.aliases.end(), name) != layer.info.aliases.end())
      return &layer;
  return nullptr;
}

}  // namespace tessera::model
