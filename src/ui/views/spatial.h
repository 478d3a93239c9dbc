#pragma once

#include "ui/context.h"

namespace tessera::ui {

// Where each layer speaks for which classes: grids of several layers in the hues of a few factors of
// position-to-class attribution, cells scaled by magnitude. Hovered, a cell shows what it influences and what
// influences it in every other layer; a factor or a class, its map on all layers.
void spatial_view(const AppState& state, Context& context, const Rect& where);

}  // namespace tessera::ui
