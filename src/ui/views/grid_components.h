#pragma once

#include "ui/widgets/layer_grid.h"

namespace tessera::ui {

// A layer's positions coloured by its first three principal components over the picture, red, green and blue
// in proportion to how much of each is there, and beneath them the icons of the mean and of the components.
// `legend`: where the icons go.
void component_grid(Context& context, const Scene& scene, const GridPlace& place, const Rect& legend);

// What a legend takes, unscaled.
inline constexpr float component_legend_height = 84;

}  // namespace tessera::ui
