#include "model/flat_graph.h"

#include <algorithm>

namespace tessera::model {

bool Decision::is_as(const c10::IValue& found) const {
  const auto number = [](const c10::IValue& of) {
    const at::Scalar scalar = of.isTensor() ? of.toTensor().item()
                              : of.isBool() ? at::Scalar(of.toBool())
                                            : of.toScalar();
    return scalar.toComplexDouble();
  };
  return number(found) == number(taken);
}

const LayerValue* FlatGraph::find_layer(std::string_view name) const {
  for (const LayerValue& layer : layers)
    if (layer.info.name == name) return &layer;
  for (const LayerValue& layer : layers)
    if (std::find(layer.info.aliases.begin(), layer.info.aliases.end(), name) != layer.info.aliases.end())
      return &layer;
  return nullptr;
}

}  // namespace tessera::model
