#pragma once

#include "ui/context.h"

// The parts of the design space by which a figure is composed. None of them does anything in a file.
namespace tessera::ui {

// What a click into a cell puts there. Marked "space/content/…", "space/as/…", "space/towards/…".
void brush_choices(const AppState& state, Context& context, const Rect& where);

// The figure's elements in words, each with what filters it and a way to take it out. Marked
// "space/element/I", "space/filter/I" and "space/remove/I". As many as fit.
void element_list(const AppState& state, Context& context, const Rect& where);

// Figures to start from; the present one is marked. Marked "space/preset/NAME".
void preset_list(const AppState& state, Context& context, const Rect& where);

}  // namespace tessera::ui
