#pragma once

#include <string>
#include <vector>

#include "tessera/model/model_card.h"
#include "ui/context.h"

namespace tessera::ui {

inline constexpr float layer_strip_height = 25;  // unscaled pixels

// The network in one line from its input to its output, at the cursor: a bar for each layer, as high as its
// grid is fine, with a dot beneath those that are `shown` side by side. Points, chooses and shows as the rows
// of the list do.
void layer_strip(const AppState& state, Context& context, const model::ModelCard& card,
                 const std::vector<std::string>& shown);

}  // namespace tessera::ui
