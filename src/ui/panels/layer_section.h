#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "tessera/model/model_card.h"
#include "ui/context.h"
#include "ui/panels/rail_heights.h"

namespace tessera::ui {

// The network in one line, a filter box, and the list of layers with their shapes. `filter`: what is being
// typed.
void layer_section(const AppState& state, Context& context, char* filter, std::size_t filter_size,
                   float height);

NeededHeight layer_section_needs(const AppState& state, Context& context);

// What the list has, in the network's order: what the filter finds, else every layer where all are wanted,
// else those that the model suggests, that are shown side by side, and the chosen one.
std::vector<const model::LayerInfo*> listed_layers(const AppState& state, const model::ModelCard& card);

// The layers whose name or aliases contain the filter's text, ignoring case.
std::vector<const model::LayerInfo*> filtered_layers(const model::ModelCard& card, std::string_view filter);

}  // namespace tessera::ui
