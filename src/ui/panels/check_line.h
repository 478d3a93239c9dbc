#pragma once

#include "tessera/model/model_card.h"
#include "ui/context.h"

namespace tessera::ui {

inline constexpr float check_line_width = 104;  // unscaled pixels, that it needs at most

// In the model's card: "Checked: 7 of 7", which opens the table; right-aligned at `right`. Has the check made
// where none is kept. `card`: of the state's model.
void check_line(const AppState& state, Context& context, const model::ModelCard& card, ImVec2 right);

}  // namespace tessera::ui
