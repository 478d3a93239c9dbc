#include "tessera/model/model_card.h"

#include <algorithm>

namespace tessera::model {

const LayerInfo* ModelCard::find_layer(std::string_view wanted) const {
  for (const LayerInfo& layer : layers)
    if (layer.name == wanted) return &layer;
  for (const LayerInfo& layer : layers)
    if (std::find(layer.aliases.begin(), layer.aliases.end(), wanted) != layer.aliases.end()) return &layer;
  return nullptr;
}

bool ModelCard::is_before(std::string_view layer, std::string_view other) const {
  return find_layer(layer) < find_layer(other);
}

std::size_t memory_cost(const ModelCard& card) {
  std::size_t cost = sizeof(card);
  for (const std::string& label : card.labels) cost += sizeof(label) + label.size();
  for (const LayerInfo& layer : card.layers) cost += sizeof(layer) + layer.name.size();
  return cost;
}

}  // namespace tessera::model
