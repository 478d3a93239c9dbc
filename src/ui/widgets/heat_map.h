#pragma once

#include <memory>
#include <optional>
#include <string>
#include <utility>

#include "tessera/session/queries.h"
#include "ui/certainty.h"
#include "ui/context.h"
#include "ui/widgets/shortened.h"

namespace tessera::ui {

// The colour scale of a layer's channels: sequential from zero where nothing is negative, else diverging
// about zero. With ScaleMode::per_channel its limits are `channel`'s own range (for the colour bar), and
// every tile is on its own.
render::ColorScale activation_scale(const session::LayerActivations& activations, const SheetOptions& options,
                                    render::Ground ground, std::optional<int> channel = std::nullopt);

// One channel's map in a rectangle, on the layer's scale (which views beside each other share, by its name)
// or its own.
void draw_channel(Context& context, const session::LayerActivations& activations, const std::string& layer,
                  const SheetOptions& options, int channel, const Rect& where, bool fade = false);

// One channel of any cube in a rectangle. `opacity` of what the scale itself leaves opaque.
void draw_map(Context& context, const std::shared_ptr<const Cube>& cube, const render::ColorScale& scale,
              MapSampling sampling, int channel, const Rect& where, float opacity = 1);

// Clear where a map's values reach `high`, the page's ground where there are none: what a detector fires on
// is left of a picture beneath.
render::ColorScale veil_scale(const Context& context, float high);

// Symmetric about zero; fades towards it where it is to lie over a picture. Of provisional values without
// signs.
render::ColorScale signed_scale(const Context& context, float reach, bool fade,
                                const Certainty& certainty = {});

// Least and greatest finite value of one channel; both zero where nothing is.
std::pair<float, float> range_of(const Cube& cube, int channel);

// The cell of a grid that holds a point of `where`, and the other way round.
std::optional<Position> cell_at(const Rect& where, int height, int width, ImVec2 point);
Rect cell_rect(const Rect& where, int height, int width, Position position);

// An outline that can be seen on any ground: a dark line within a light one.
void outline_cell(Context& context, const Rect& cell);

// A horizontal colour bar with its numbers beneath, at `at`; returns its height. Nothing where Context::shown
// has no legend.
float draw_color_bar(Context& context, const render::ColorScale& scale, ImVec2 at, float width,
                     const TextWithNames& label);

}  // namespace tessera::ui
