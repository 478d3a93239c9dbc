#pragma once

#include "ui/flows.h"

namespace tessera::ui {

// The columns, nodes and ribbons of a plan, drawn over the height of `where`. A hovered node shows its
// ribbons alone, a pinned group what passes through it, in all columns; a hovered ribbon tells its numbers.
// `may_render`: icons of the groups' own. Nodes are marked "flows/LAYER/INDEX", "flows/LAYER/residual",
// "flows/LAYER/bias" and "flows/class/INDEX", the middles of ribbons "flows/ribbon/COLUMN/SOURCE/TARGET".
void flow_diagram(const AppState& state, Context& context, const Scene& scene, const KnownFlows& flows,
                  const FlowPlan& plan, bool may_render, const Rect& where);

}  // namespace tessera::ui
