#pragma once

#include <vector>

#include "ui/scene.h"
#include "ui/widgets/choice_rows.h"

namespace tessera::ui {

// The choices that decide how contributions are computed and drawn, for a view's head: method, pooling where
// the model has max pools, checkerboard, scale. `maps`: whether the view draws spatial maps, which the
// checkerboard matters for. The state must outlive them.
std::vector<ChoiceGroup> method_choices(const AppState& state, Context& context, const Scene& scene,
                                        bool maps);

// The first of them alone.
ChoiceGroup method_choice(const AppState& state, Context& context);

bool has_max_pools(const model::ModelCard& card);

}  // namespace tessera::ui
