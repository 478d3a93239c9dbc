#pragma once

#include "ui/context.h"
#include "ui/panels/rail_heights.h"

namespace tessera::ui {

// The picture as the network sees it, with what is hovered or pinned laid over it, its name and size, and
// what opens others: beneath the picture, or beside it where it is low.
void image_section(const AppState& state, Context& context, float height);

// `width`: of the section.
NeededHeight image_section_needs(const AppState& state, Context& context, float width);

}  // namespace tessera::ui
