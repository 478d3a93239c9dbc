#pragma once

#include <filesystem>
#include <string>

#include "app/data_folder.h"
#include "app/window/glfw_window.h"
#include "app/window/gui_platform.h"
#include "render/fonts.h"
#include "render/gl_textures.h"
#include "render/gui_context.h"
#include "render/gui_renderer.h"
#include "tessera/image/image.h"

namespace tessera::app {

// Everything that a window's frames are drawn with.
class Painter {
 public:
  Painter(GlfwWindow& window, const DataFolder& data);  // throws Error

  render::Textures& textures() { return textures_; }
  const render::Fonts& fonts() const { return loaded_.fonts; }
  const std::string& font_note() const { return loaded_.note; }

  bool wants_frame() const { return platform_.wants_frame(); }  // input waits for another one

  void reload_fonts();  // the window's scale has changed; between frames

  // One frame: begin, Workbench::frame, paint; then look or show.
  void begin_frame();
  void paint();  // into the window's back buffer
  Image look();  // what has been painted
  void show();

 private:
  GlfwWindow& window_;
  std::filesystem::path font_folder_;
  render::GuiContext gui_;
  render::LoadedFonts loaded_;
  GuiPlatform platform_;
  render::GuiRenderer renderer_;
  render::GlTextures textures_;
};

}  // namespace tessera::app
