#include "app/figure/offscreen_figure.h"

#include "app/figure/easel.h"

namespace tessera::app {

Image draw_overview(engine::Engine& engine, Wakeup& wakeup, const ui::FigureRequest& request,
                    const DataFolder& data, float scale) {
  Easel easel(data, ui::overview_figure_size(), scale);
  for (;;) {
    ui::FigureStatus status;
    easel.frame(
        [&] { status = ui::draw_overview_figure(engine, easel.textures(), easel.fonts(), request, scale); });
    if (status.error) throw *status.error;
    if (status.complete) return easel.picture();
    wakeup.wait();
  }
}

}  // namespace tessera::app
