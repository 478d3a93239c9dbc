#pragma once

#include <imgui.h>

#include <string>

#include "ui/context.h"

namespace tessera::ui {

// How a view is put on a page of its own.
struct FigurePage {
  ImVec2 view_size{1140, 820};  // unscaled, what the view is given to draw in
  ThemeChoice theme = ThemeChoice::light;
  bool legend = true;
  std::string caption;     // beneath the view; empty: none
  bool two_views = false;  // beside each other: the caption is about both
};

// Unscaled size of the whole page, where the view fills what it is given.
ImVec2 page_size(const FigurePage& page);

// What figures are drawn with.
struct FigureTools {
  engine::Engine& engine;
  render::Textures& textures;
  const render::Fonts& fonts;
  float scale = 1;                 // pixels for one unscaled pixel; that of the fonts
  SharedScales* scales = nullptr;  // of a figure of two views: kept from frame to frame
};

struct FigureStatus {
  bool complete = false;  // everything in it was ready: this frame is the picture
  std::string failure;    // why a part of it is missing for good, in a sentence; else empty
  float height = 0;       // of the page, unscaled: less than page_size where the view has not filled its own
};

// Draws one frame of it over the whole ImGui display, which is page_size times the scale, between
// ImGui::NewFrame and ImGui::Render and within a frame of the engine. Repeat until it is complete; what is
// hovered in the state is not shown.
FigureStatus draw_figure(const AppState& state, View view, const FigurePage& page, const FigureTools& tools);

}  // namespace tessera::ui
