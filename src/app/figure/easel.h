#pragma once

#include <imgui.h>

#include <cmath>
#include <functional>

#include "app/data_folder.h"
#include "render/egl_context.h"
#include "render/fonts.h"
#include "render/gl_textures.h"
#include "render/gui_context.h"
#include "render/gui_renderer.h"
#include "render/offscreen.h"

namespace tessera::app {

inline constexpr float frame_time = 1.0f / 60;  // of a clock that stands still: nothing in a figure moves

// Everything that frames without a window are drawn with.
class Easel {
 public:
  Easel(const DataFolder& data, ImVec2 unscaled, float scale)
      : fonts_(render::load_fonts(data.fonts(), scale).fonts),
        textures_(data.shaders()),
        target_(int(std::lround(unscaled.x * scale)), int(std::lround(unscaled.y * scale))) {
    ImGuiIO& io = ImGui::GetIO();
    io.DisplaySize = {float(target_.width()), float(target_.height())};
    io.DeltaTime = frame_time;
  }

  render::Textures& textures() { return textures_; }
  const render::Fonts& fonts() const { return fonts_; }

  // One frame; `draw` is called between ImGui::NewFrame and ImGui::Render.
  void frame(const std::function<void()>& draw) {
    renderer_.new_frame();
    ImGui::NewFrame();
    draw();
    ImGui::Render();
  }

  // The last frame as a picture.
  Image picture() {
    const ImVec4 ground = ImGui::GetStyle().Colors[ImGuiCol_WindowBg];
    target_.begin(ground.x, ground.y, ground.z);
    renderer_.draw();
    return target_.read();
  }

 private:
  render::EglContext gl_;
  render::GuiContext gui_;
  render::Fonts fonts_;
  render::GuiRenderer renderer_;
  render::GlTextures textures_;
  render::OffscreenTarget target_;
};

}  // namespace tessera::app
