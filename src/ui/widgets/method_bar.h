#pragma once

#include "ui/scene.h"

namespace tessera::ui {

// The choices that decide how contributions are computed and drawn, in one line: method, pooling where the
// model has max pools, checkerboard, scale. `maps`: whether the view draws spatial maps, which the
// checkerboard matters for. Right-aligned at `right`.
void method_bar(const AppState& state, Context& context, const Scene& scene, ImVec2 right, bool maps);

bool has_max_pools(const model::ModelCard& card);

}  // namespace tessera::ui
