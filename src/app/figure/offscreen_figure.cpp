#include "app/figure/offscreen_figure.h"

#include "app/figure/figure_painter.h"
#include "app/figure/page_units.h"
#include "render/egl_context.h"
#include "render/gl_textures.h"
#include "tessera/base/error.h"

namespace tessera::app {
Image draw_offscreen(engine::Engine& engine, Wakeup& wakeup, const OffscreenFigure& figure,
                     const DataFolder& data, const std::function<void(std::size_t)>& waiting) {
  const render::EglContext gl;
  render::GlTextures textures(data.shaders());
  FigurePainter painter(data, ui::page_size(figure.page), figure.scale);
  const ui::FigureTools tools{engine, textures, painter.fonts(), figure.scale};
  ui::FigureStatus status;
  const auto frame = [&] {
    painter.frame([&] {
      engine.begin_frame();
      status = ui::draw_figure(figure.state, figure.view, figure.page, tools);
      engine.end_frame();
    });
    textures.end_frame();
    if (!status.failure.empty()) throw Error(status.failure);
    return status.complete;
  };
  for (int settled = 0; settled < frames_to_settle;) {
    if (frame())
      ++settled;
    else {
      settled = 0;
      if (waiting) waiting(engine.pending_in_frame());
      wakeup.wait();
    }
  }
  while (!painter.paint(status.height)) frame();
  return painter.take();
}

}  // namespace tessera::app
