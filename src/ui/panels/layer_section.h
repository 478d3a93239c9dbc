#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "tessera/model/model_card.h"
#include "ui/context.h"

namespace tessera::ui {

// A filter box over the list of layers with their shapes; the suggested ones stand out. Fills the height that
// is left.
void layer_section(const AppState& state, Context& context, char* filter, std::size_t filter_size);

// The layers whose name or aliases contain the filter's text, ignoring case.
std::vector<const model::LayerInfo*> filtered_layers(const model::ModelCard& card, std::string_view filter);

}  // namespace tessera::ui
