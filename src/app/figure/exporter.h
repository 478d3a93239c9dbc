#pragma once

#include <imgui.h>

#include <cstdint>
#include <functional>
#include <memory>
#include <optional>

#include "app/data_folder.h"
#include "render/textures.h"
#include "tessera/engine/engine.h"
#include "ui/state/action.h"
#include "ui/state/app_state.h"

namespace tessera::app {

// Makes the figure that a state wants exported: waits until all of it is there, paints it a piece at a time
// between the window's frames, and writes it on a thread of its own. Lives on the UI thread with its OpenGL
// context.
class Exporter {
 public:
  // `wake`: called on any thread when a file is written, so that the next frame comes.
  Exporter(engine::Engine& engine, render::Textures& textures, DataFolder data, std::function<void()> wake);
  ~Exporter();  // a file that is being written is written to its end
  Exporter(const Exporter&) = delete;
  Exporter& operator=(const Exporter&) = delete;

  // Within the workbench's frame: asks for what the figure shows. `view_size`: unscaled.
  void ask(const ui::AppState& state, ImVec2 view_size);

  // After it: paints a piece. What has become of the export, once.
  std::optional<ui::Action> advance();

  bool wants_frame() const;

 private:
  struct Drawing;
  struct Writing;

  void start(const ui::AppState& state, ImVec2 view_size);

  engine::Engine& engine_;
  render::Textures& textures_;
  DataFolder data_;
  std::function<void()> wake_;
  std::unique_ptr<Drawing> drawing_;
  std::unique_ptr<Writing> writing_;
  std::uint64_t last_ = 0;  // of the exports that were started
};

}  // namespace tessera::app
