#pragma once

#include "app/data_folder.h"
#include "app/figure/wakeup.h"
#include "tessera/engine/engine.h"
#include "tessera/image/image.h"
#include "ui/figures/overview.h"

namespace tessera::app {

// Draws the overview without a window, waiting for its answers. `scale`: pixels for one unscaled pixel.
// `wakeup` must be what the engine notifies. Throws Error: no OpenGL, or the error of an answer that failed.
Image draw_overview(engine::Engine& engine, Wakeup& wakeup, const ui::FigureRequest& request,
                    const DataFolder& data, float scale);

}  // namespace tessera::app
