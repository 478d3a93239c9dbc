#include "app/figure/figure_painter.h"

#include <cfloat>
#include <cmath>

#include "app/figure/easel.h"

namespace tessera::app {
namespace {

int pixels(float unscaled, float scale) { return int(std::lround(unscaled * scale)); }

}  // namespace

FigurePainter::FigurePainter(const DataFolder& data, ImVec2 unscaled, float scale)
    : scale_(scale), fonts_(render::load_fonts(data.fonts(), scale).fonts) {
  ImGuiIO& io = ImGui::GetIO();
  io.DisplaySize = {float(pixels(unscaled.x, scale)), float(pixels(unscaled.y, scale))};
  io.DeltaTime = frame_time;
  io.MousePos = {-FLT_MAX, -FLT_MAX};
  ImGui::SetCurrentContext(before_.context);
}

FigurePainter::~FigurePainter() { ImGui::SetCurrentContext(own_); }

void FigurePainter::frame(const std::function<void()>& draw) {
  const Before before;
  ImGui::SetCurrentContext(own_);
  renderer_.new_frame();
  ImGui::NewFrame();
  draw();
  ImGui::Render();
}

bool FigurePainter::paint(float unscaled_height) {
  const Before before;
  ImGui::SetCurrentContext(own_);
  if (!tiles_) tiles_.emplace(int(ImGui::GetIO().DisplaySize.x), pixels(unscaled_height, scale_));
  if (!tiles_->done()) tiles_->draw(renderer_);
  return tiles_->done();
}

}  // namespace tessera::app
