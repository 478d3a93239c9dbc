#pragma once

#include "ui/scene.h"

namespace tessera::ui {

// Of an entry, channel or atom, in unscaled pixels.
inline constexpr float entry_icon_side = 112;
inline constexpr float entry_bar_width = 26;

// What a layer's activation vector at a cell is made of in a basis of few atoms, its principal components or
// its groups: each with the icon of its direction, and how much of it is there.
void basis_entries(const AppState& state, Context& context, const Scene& scene, const model::LayerInfo& layer,
                   Position cell, const Rect& where);

}  // namespace tessera::ui
