#pragma once

#include <string>
#include <vector>

#include "tessera/model/model.h"

namespace tessera::model {

// What looks wrong about a forward pass, as sentences for a person: scores or activations that are not
// finite, constant or saturated, classes that are all equally likely. Wrong normalisation is the commonest
// cause.
std::vector<std::string> find_faults(const ModelCard& card, const Capture& capture,
                                     const std::vector<float>& probabilities);

}  // namespace tessera::model
