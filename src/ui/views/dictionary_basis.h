#pragma once

#include "ui/scene.h"

namespace tessera::ui {

// What a layer's activation vector at a cell is made of in a basis of few atoms, its principal components or
// its groups: each with the icon of its direction, and how much of it is there.
void basis_entries(const AppState& state, Context& context, const Scene& scene, const model::LayerInfo& layer,
                   Position cell, const Rect& where);

}  // namespace tessera::ui
