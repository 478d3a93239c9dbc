#pragma once

#include <optional>

#include "tessera/session/queries.h"
#include "ui/context.h"

namespace tessera::ui {

// The colour scale of a layer's channels: sequential from zero where nothing is negative, else diverging
// about zero. With ScaleMode::per_channel its limits are `channel`'s own range (for the colour bar), and
// every tile is on its own.
render::ColorScale activation_scale(const session::LayerActivations& activations, const SheetOptions& options,
                                    render::Ground ground, std::optional<int> channel = std::nullopt);

// One channel's map in a rectangle.
void draw_channel(Context& context, const session::LayerActivations& activations, const SheetOptions& options,
                  int channel, const Rect& where, bool fade = false);

// The cell of a grid that holds a point of `where`, and the other way round.
std::optional<Position> cell_at(const Rect& where, int height, int width, ImVec2 point);
Rect cell_rect(const Rect& where, int height, int width, Position position);

// An outline that can be seen on any ground: a dark line within a light one.
void outline_cell(Context& context, const Rect& cell);

// A horizontal colour bar with its numbers beneath, at `at`; returns its height.
float draw_color_bar(Context& context, const render::ColorScale& scale, ImVec2 at, float width,
                     const std::string& label);

}  // namespace tessera::ui
