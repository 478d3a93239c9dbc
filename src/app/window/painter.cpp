#include "app/window/painter.h"

#include <epoxy/gl.h>
#include <imgui.h>

#include "render/offscreen.h"

namespace tessera::app {

Painter::Painter(GlfwWindow& window, const DataFolder& data)
    : window_(window),
      font_folder_(data.fonts()),
      loaded_(render::load_fonts(font_folder_, window.scale(), window.density())),
      platform_(window),
      textures_(data.shaders()) {}

void Painter::reload_fonts() {
  ImGui::GetIO().Fonts->Clear();
  loaded_ = render::load_fonts(font_folder_, window_.scale(), window_.density());
  renderer_.fonts_changed();
}

void Painter::begin_frame() {
  renderer_.new_frame();
  platform_.new_frame();
  ImGui::NewFrame();
}

void Painter::paint() {
  ImGui::Render();
  const GlfwWindow::Pixels size = window_.framebuffer();
  glBindFramebuffer(GL_FRAMEBUFFER, 0);
  glViewport(0, 0, size.width, size.height);
  glDisable(GL_SCISSOR_TEST);
  const ImVec4 ground = ImGui::GetStyle().Colors[ImGuiCol_WindowBg];
  glClearColor(ground.x, ground.y, ground.z, 1);
  glClear(GL_COLOR_BUFFER_BIT);
  renderer_.draw();
}

Image Painter::look() {
  const GlfwWindow::Pixels size = window_.framebuffer();
  glBindFramebuffer(GL_READ_FRAMEBUFFER, 0);
  return render::read_pixels(size.width, size.height);
}

void Painter::show() { window_.show_frame(); }

}  // namespace tessera::app
