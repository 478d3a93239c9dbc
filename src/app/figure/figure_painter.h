#pragma once

#include <imgui.h>

#include <functional>
#include <optional>

#include "app/data_folder.h"
#include "render/fonts.h"
#include "render/gui_context.h"
#include "render/gui_renderer.h"
#include "render/tiles.h"
#include "ui/figures/figure_page.h"

namespace tessera::app {

// Paints a figure at a scale of its own, with the OpenGL context that is current: on a Dear ImGui context
// beside the one of the window, if there is one, which is current again after every call.
class FigurePainter {
 public:
  // `unscaled`: the size of the page. Throws Error.
  FigurePainter(const DataFolder& data, ImVec2 unscaled, float scale);
  ~FigurePainter();
  FigurePainter(const FigurePainter&) = delete;
  FigurePainter& operator=(const FigurePainter&) = delete;

  const render::Fonts& fonts() const { return fonts_; }
  float scale() const { return scale_; }

  // One frame; `draw` is called between ImGui::NewFrame and ImGui::Render.
  void frame(const std::function<void()>& draw);

  // A piece of the last frame, down to an unscaled height; true once the picture has all of it. Textures are
  // kept only while frames ask for them: draw the same frame again before every piece.
  bool paint(float unscaled_height);
  Image take() { return tiles_->take(); }  // the picture, once

 private:
  // What was current before comes back when everything below is gone.
  struct Before {
    ImGuiContext* context = ImGui::GetCurrentContext();
    ~Before() { ImGui::SetCurrentContext(context); }
  };

  Before before_;
  float scale_;
  render::GuiContext gui_;
  ImGuiContext* own_ = ImGui::GetCurrentContext();
  render::Fonts fonts_;
  render::GuiRenderer renderer_;
  std::optional<render::Tiles> tiles_;  // once painting has begun
};

}  // namespace tessera::app
