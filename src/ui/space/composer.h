#pragma once

#include "ui/context.h"

// The parts of the design space by which a figure is composed. None of them does anything in a file.
namespace tessera::ui {

// What a click into a cell puts there. Marked "space/content/…", "space/as/…", "space/towards/…".
// Returns the height, also where there are no controls to draw.
float brush_choices(const AppState& state, Context& context, const Rect& where);

// The figure's elements in words, each with what filters it and a way to take it out. Marked
// "space/element/I", "space/filter/I" and "space/remove/I". At most so many, and that there are more. Returns
// the height.
float element_list(const AppState& state, Context& context, const Rect& where, std::size_t most);

// Figures to start from; the present one is marked. Marked "space/preset/NAME".
// Returns the height.
float preset_list(const AppState& state, Context& context, const Rect& where);

}  // namespace tessera::ui
