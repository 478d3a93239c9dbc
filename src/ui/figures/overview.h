#pragma once

#include <imgui.h>

#include <memory>

#include "render/fonts.h"
#include "render/textures.h"
#include "tessera/engine/engine.h"
#include "tessera/session/references.h"
#include "ui/state/app_state.h"

namespace tessera::ui {

// What a figure that is drawn without a window needs to know.
struct FigureRequest {
  session::ModelRef model;
  session::ImageRef image;
  ThemeChoice theme = ThemeChoice::light;
};

struct FigureStatus {
  bool complete = false;               // everything in it was ready: this frame is the picture
  std::shared_ptr<const Error> error;  // it cannot be completed
};

// The overview: the picture, its classes, and for each suggested layer the channels with the greatest mean
// activation as heat maps over the picture, on one scale a layer. Draws one frame over the whole ImGui
// display, between ImGui::NewFrame and ImGui::Render; repeat until it is complete.
FigureStatus draw_overview_figure(engine::Engine& engine, render::Textures& textures,
                                  const render::Fonts& fonts, const FigureRequest& request, float scale);

// Unscaled size at which the overview is laid out best.
ImVec2 overview_figure_size();

}  // namespace tessera::ui
