#pragma once

#include <set>
#include <string>

#include "tessera/model/model_card.h"
#include "ui/context.h"

namespace tessera::ui {

// Rows of several layers that somebody has opened or closed.
struct CheckTableMemory {
  std::set<std::string> turned;
};

// What the check of the network found: a row for each kind, which opens into its layers; those that failed
// are open. `card`: of the state's model.
void check_table(const AppState& state, Context& context, const Rect& window, const model::ModelCard& card,
                 CheckTableMemory& memory);

}  // namespace tessera::ui
