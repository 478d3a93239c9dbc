#pragma once

#include <string>
#include <vector>

#include "tessera/check/report.h"
#include "tessera/model/model_card.h"
#include "ui/state/app_state.h"

namespace tessera::ui {

// The failed lines that make the present view wrong, in the report's order: where the cells of a layer do not
// look where they are drawn, views that draw that layer on the picture; where derivatives are wrong, views
// that show attributions there; what else fails, every view. `card`: of the state's model.
std::vector<const check::Line*> failures_in_view(const check::Report& report, const AppState& state,
                                                 const model::ModelCard& card);

// "Do not trust this view: derivatives are wrong (blocks.8.expand)", for one or more failed lines.
std::string warning_text(const std::vector<const check::Line*>& failures);

}  // namespace tessera::ui
