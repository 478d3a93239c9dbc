#pragma once

#include <span>
#include <string>
#include <vector>

#include "tessera/session/icon_queries.h"
#include "ui/scene.h"
#include "ui/widgets/shortened.h"

namespace tessera::ui {

inline constexpr float layer_column_gap = 28;  // unscaled pixels, between layers side by side

// Where several layers' grids lie: all of one size, in as many columns as makes them largest, each under its
// name. `beneath`: pixels that are kept free below each.
struct GridPlace {
  const model::LayerInfo* layer = nullptr;
  Rect title;
  Rect grid;
  Rect all;  // where the whole grid would lie, of which the part in `grid` is seen
};
std::vector<GridPlace> place_grids(const Context& context, const Scene& scene, const Zoom& zoom,
                                   const Rect& where, float beneath = 0);

// A layer's name, with an aside whose pieces (between " · ") are said as far as there is room.
void grid_title(Context& context, const GridPlace& place, const TextWithNames& title,
                const std::string& aside, bool marked);

// A cell on whole pixels, so that neighbours touch without a seam.
Rect whole_pixels(const Rect& grid, const model::LayerInfo& layer, Position cell);

// The icons of all cells of a layer: one picture, rows × columns cells of equal size, each for `window`
// positions a side. Nothing until there is at least a sketch.
struct CellIcons {
  std::shared_ptr<const session::GridPicture> grid;
  engine::Progress progress;
  std::shared_ptr<const Error> error;
};
CellIcons cell_icons(const Scene& scene, Context& context, const model::LayerInfo& layer,
                     engine::Visibility visibility);

// One position's picture: the icon of its cell, else the part of the picture that lies there. `side` in [0,
// 1]: of the cell, about its middle.
void draw_cell(const Scene& scene, Context& context, const CellIcons& icons, const model::LayerInfo& layer,
               Position cell, const Rect& where, float side);

// The norm of a vector.
float length_of(std::span<const float> vector);

// The norm of each position's activation vector, row by row.
std::vector<float> magnitudes(const Cube& cube);

// The position of the greatest one: what is shown before anybody points at anything. Not at the edge, where
// what a network pads its input with fires like a pattern.
Position most_active(const Cube& cube);

// Hovering, clicking and zooming, and the outlines of those that are selected.
void grid_mouse(const AppState& state, Context& context, const GridPlace& place);

}  // namespace tessera::ui
