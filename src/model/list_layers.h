#pragma once

#include <string>
#include <unordered_map>
#include <vector>

#include "model/flat_graph.h"
#include "model/name_values.h"

namespace tessera::model {

// The layers of a flat graph, in the order of computation: the picture ("input"), and every named value with
// a vector at each position. `operations` names what computes a value where the graph no longer says so
// (folded batch norms). `mixed`: gets the names of layers that are made of maps which lie differently.
std::vector<LayerValue> list_layers(const FlatGraph& flat,
                                    const std::unordered_map<const jit::Value*, ValueName>& names,
                                    const std::unordered_map<const jit::Value*, std::string>& operations,
                                    std::vector<std::string>& mixed);

// Marks the layers to show first: those that are `wanted` (names or aliases), else the last before each
// change of resolution (of token layers: four, evenly spread). Returns the wanted ones that do not exist.
std::vector<std::string> suggest_layers(std::vector<LayerValue>& layers,
                                        const std::vector<std::string>& wanted);

}  // namespace tessera::model
