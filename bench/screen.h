#pragma once

#include <epoxy/gl.h>
#include <imgui.h>

#include <cstdlib>
#include <string>
#include <utility>

#include "render/egl_context.h"
#include "render/fonts.h"
#include "render/gl_textures.h"
#include "render/gui_context.h"
#include "render/gui_renderer.h"
#include "render/offscreen.h"
#include "render/software.h"
#include "tessera/engine/engine.h"
#include "tessera/session/references.h"
#include "tessera/session/session.h"
#include "ui/workbench.h"

// What the benchmarks of the workbench share: the bundled network and picture, a session that answers, and a
// screen to draw on.
namespace tessera::bench {

inline const std::string source = TESSERA_SOURCE_FOLDER;

// What an environment variable names, else a file of the repository's.
inline std::string file(const char* variable, const char* bundled) {
  const char* named = std::getenv(variable);
  return named ? named : source + bundled;
}
inline session::ImageRef picture() {
  return {session::stamp(file("TESSERA_BENCH_IMAGE", "/assets/images/chelsea.png"))};
}
inline session::ModelRef network() {
  return {session::stamp(file("TESSERA_BENCH_MODEL", "/models/efficientnet_lite0.pt")), {}, {}};
}

// The session outlives the engine's jobs.
struct Core {
  session::Session session;
  engine::Engine engine;
  explicit Core(engine::EngineOptions options = {}) : engine(std::move(options)) { session.serve(engine); }
};

// Frames of the workbench at 1440 × 900, with the samples that a window has, finished on the GPU (or what
// stands in for one).
class Screen {
 public:
  enum class Until { opened, settled };

  explicit Screen(engine::Engine& engine, Until until = Until::settled,
                  ui::ViewKind view = ui::ViewKind::overview, const std::string& layer = {})
      : target_(1440, 900, render::draws_in_software() ? 0 : 4),
        fonts_(render::load_fonts(source + "/assets/fonts", 1).fonts),
        textures_(source + "/shaders"),
        workbench_(engine, textures_, chosen(view, layer)) {
    if (render::draws_in_software()) render::spread_software_renderer();
    render::spread_software_renderer();
    ImGui::GetIO().DisplaySize = {1440, 900};
    const auto is_open = [&] { return workbench_.state().model && workbench_.state().image; };
    frames_until([&] { return is_open() && (until == Until::opened || workbench_.settled()); });
  }

  ui::Workbench& workbench() { return workbench_; }

  bool shows(const std::string& mark) const { return workbench_.marks().find(mark).has_value(); }

  // Draws until it is so; returns how many frames that took.
  template <class Condition>
  int frames_until(const Condition& condition) {
    int frames = 0;
    for (; !condition(); ++frames) frame();
    return frames;
  }

  void frame() {
    target_.begin(1, 1, 1);
    renderer_.new_frame();
    ImGui::GetIO().DeltaTime = 1.0f / 60;
    ImGui::NewFrame();
    workbench_.frame(fonts_);
    ImGui::Render();
    renderer_.draw();
    glFinish();
  }

 private:
  static ui::AppState chosen(ui::ViewKind view, const std::string& layer) {
    ui::AppState state;
    state.pending_image = picture();
    state.pending_model = network();
    state.selection.view = view;
    state.selection.layer = layer;
    return state;
  }

  render::EglContext gl_;
  render::GuiContext gui_;
  render::OffscreenTarget target_;
  render::Fonts fonts_;
  render::GuiRenderer renderer_;
  render::GlTextures textures_;
  ui::Workbench workbench_;
};

}  // namespace tessera::bench
