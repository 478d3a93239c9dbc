#pragma once

#include "ui/scene.h"

namespace tessera::ui {

// Of an entry, channel or atom: the side of its icon where a row is so wide, and what stands beside it, in
// unscaled pixels.
float entry_icon_side(const Context& context, float row_width);
inline constexpr float entry_bar_gap = 12;
inline constexpr float entry_bar_width = 26;
inline constexpr float entry_number_width = 72;  // over the bar: "−0.000123"

// In the face of numbers, or the small one where that is too wide; over a bar that is so high.
void entry_number(Context& context, float value, ImVec2 bar_top, float room);

// What a layer's activation vector at a cell is made of in a basis of few atoms, its principal components or
// its groups: each with the icon of its direction, and how much of it is there.
void basis_entries(const AppState& state, Context& context, const Scene& scene, const model::LayerInfo& layer,
                   Position cell, const Rect& where);

}  // namespace tessera::ui
