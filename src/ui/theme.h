#pragma once

#include <imgui.h>

#include "render/color_scale.h"
#include "ui/state/app_state.h"

namespace tessera::ui {

// The few colours and lengths that everything is drawn with. Lengths are in unscaled pixels: multiply by
// Context::scale.
struct Theme {
  render::Ground ground = render::Ground::light;
  ImU32 page;         // behind everything
  ImU32 floating;     // what lies over the stage
  ImU32 ink;          // what is read
  ImU32 muted;        // what is read second: units, shapes, secondary labels
  ImU32 faint;        // marks that carry no text of their own
  ImU32 hairline;     // rules between things
  ImU32 bar;          // neutral magnitudes
  ImU32 plus;         // what supports an objective: the diverging map's upper end, softened
  ImU32 minus;        // what opposes it
  ImU32 provisional;  // values that are not of the method that was asked for yet
  ImU32 accent;       // what is hovered or pinned
  ImU32 accent_wash;  // behind an accented row
  ImU32 hover_wash;   // behind a row under the mouse
  ImU32 error;
  ImU32 warning;

  static constexpr float margin = 20;
  static constexpr float gap = 8;
  static constexpr float column_gap = 34;  // between the columns of a view
};

Theme theme(ThemeChoice choice);

// Sets ImGui's own style (scroll bars, input boxes, pop-ups) to agree with the theme.
void apply_to_imgui(const Theme& theme, float scale);

}  // namespace tessera::ui
