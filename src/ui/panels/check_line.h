#pragma once

#include "tessera/model/model_card.h"
#include "ui/context.h"

namespace tessera::ui {

// In the title of the layers: "Checked: 7 of 7", which opens the table, or the count alone where there is no
// `room`; right-aligned at `right`. Has the check made where none is kept. `card`: of the state's model.
// Returns its width.
float check_line(const AppState& state, Context& context, const model::ModelCard& card, ImVec2 right,
                 float room);

}  // namespace tessera::ui
