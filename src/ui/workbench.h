#pragma once

#include <filesystem>
#include <functional>
#include <span>
#include <string>

#include "render/fonts.h"
#include "render/textures.h"
#include "tessera/engine/engine.h"
#include "ui/certainty.h"
#include "ui/drawn.h"
#include "ui/marks.h"
#include "ui/overlays/check_table.h"
#include "ui/overlays/export_dialog.h"
#include "ui/overlays/file_panel.h"
#include "ui/overlays/preprocessing_dialog.h"
#include "ui/overlays/work_strip.h"
#include "ui/panels/rail.h"
#include "ui/shared_scales.h"
#include "ui/state/action.h"
#include "ui/state/app_state.h"

namespace tessera::ui {

// The whole user interface on one Dear ImGui context, windowed or not. Everything is called on the UI thread.
class Workbench {
 public:
  // `scale`: screen pixels for one unscaled pixel (HiDPI). The references must outlive the workbench.
  Workbench(engine::Engine& engine, render::Textures& textures, AppState initial, float scale = 1);

  // Draws one frame; between ImGui::NewFrame and ImGui::Render. Asks the engine, applies what was clicked and
  // pressed.
  // `beside`: called before the engine's frame ends, to ask for what is drawn elsewhere.
  void frame(const render::Fonts& fonts, const std::function<void()>& beside = {});

  // Files dropped on the window: images and models are told apart by name, anything else gets a message.
  void drop(std::span<const std::filesystem::path> files);
  void act(const Action& action) { update(action); }

  // The size of figures, in unscaled pixels: what views have to draw in where the panels are as they are at
  // first, as of the last frame.
  ImVec2 view_size() const { return view_size_; }

  const AppState& state() const { return state_; }
  const Marks& marks() const { return marks_; }

  // "chelsea.png — EfficientNet-Lite0 — Tessera"
  std::string window_title() const;

  // True when the frame just drawn left the state changed or answers outstanding that were ready meanwhile:
  // draw again.
  bool wants_frame() const { return changed_; }

  // Nothing that is shown is on its way, and nothing in the last frame was provisional: what a screenshot
  // waits for. What cannot come any more is not waited for.
  bool settled() const {
    return !changed_ && !engine_.busy() && !state_.pending_image && !state_.pending_model &&
           !state_.opening_figure && !state_.exports.running && !provisional_.is_awaited();
  }

  void set_scale(float scale) { scale_ = scale; }

  // Every frame fills it anew with what it writes and offers to click; null ends that. For tests.
  void record(Drawn* drawn) { drawn_ = drawn; }

 private:
  void update(const Action& action);
  void settle_pending(Actions& actions);

  engine::Engine& engine_;
  render::Textures& textures_;
  AppState state_;
  float scale_;
  bool changed_ = true;
  std::string model_name_;
  Marks marks_;
  SharedScales scales_;
  ProvisionalNote provisional_;  // of the last frame
  RailMemory rail_memory_;
  FilePanelMemory image_files_;
  FilePanelMemory model_files_;
  FilePanelMemory figure_images_;
  FilePanelMemory figure_models_;
  PreprocessingMemory preprocessing_;
  CheckTableMemory check_;
  ExportMemory export_;
  WorkMemory work_;
  ImVec2 view_size_{0, 0};
  Drawn* drawn_ = nullptr;
};

}  // namespace tessera::ui
