#pragma once

#include <string>

#include "tessera/model/model_card.h"

namespace tessera::app {

// A layer by name or alias. Throws Error with the nearest names where there is none; `option` is who asked.
const model::LayerInfo& find_layer(const model::ModelCard& card, const std::string& name,
                                   const std::string& option = "--layer");

}  // namespace tessera::app
