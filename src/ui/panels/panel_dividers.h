#pragma once

#include "ui/context.h"

namespace tessera::ui {

// The edges of the rail and, where `has_inspector`, of the inspector: a drag gives the panel another width, a
// double click that of the beginning. Before the stage, whose margins they reach into.
void panel_dividers(Context& context, const PanelLayout& panels, const Rect& rail, const Rect& inspector,
                    bool has_inspector);

}  // namespace tessera::ui
