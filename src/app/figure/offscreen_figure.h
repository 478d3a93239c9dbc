#pragma once

#include <cstddef>
#include <functional>

#include "app/data_folder.h"
#include "app/figure/wakeup.h"
#include "tessera/engine/engine.h"
#include "tessera/image/image.h"
#include "ui/figures/figure_page.h"

namespace tessera::app {

// What is drawn where there is no window.
struct OffscreenFigure {
  ui::AppState state;
  ui::View view = nullptr;
  ui::FigurePage page;
  float scale = 2;  // pixels for one unscaled pixel
};

// Draws it on an OpenGL context of its own, waiting for its answers. `wakeup` must be what the engine
// notifies. `waiting`: told how many answers are still missing, whenever there is news. Throws Error: no
// OpenGL, or the error of an answer that failed.
Image draw_offscreen(engine::Engine& engine, Wakeup& wakeup, const OffscreenFigure& figure,
                     const DataFolder& data, const std::function<void(std::size_t)>& waiting = {});

}  // namespace tessera::app
