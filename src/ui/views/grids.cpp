#include "ui/views/grids.h"

#include <algorithm>
#include <cmath>
#include <string>
#include <vector>

#include "ui/scene.h"
#include "ui/views/grid_components.h"
#include "ui/widgets/layer_grid.h"
#include "ui/widgets/text.h"
#include "ui/widgets/view_header.h"
#include "ui/widgets/zoom.h"

namespace tessera::ui {
namespace {

// Side of a cell's picture as a share of the cell.
float share_of(CellSize size, float length, float longest) {
  if (size == CellSize::whole) return 1;
  const float share = longest > 0 ? length / longest : 0;
  return 0.96f * (size == CellSize::area ? std::sqrt(share) : share);
}

// Length of the activation vectors that a cell stands for, on average.
std::vector<float> cell_lengths(const Cube& cube, int window, int rows, int columns) {
  const std::vector<float> lengths = magnitudes(cube);
  std::vector<float> means(std::size_t(rows) * std::size_t(columns), 0.0f);
  std::vector<int> counts(means.size(), 0);
  for (int y = 0; y < cube.height; ++y)
    for (int x = 0; x < cube.width; ++x) {
      const std::size_t cell = std::size_t(y / window) * std::size_t(columns) + std::size_t(x / window);
      means[cell] += lengths[std::size_t(y) * std::size_t(cube.width) + std::size_t(x)];
      ++counts[cell];
    }
  for (std::size_t i = 0; i < means.size(); ++i) means[i] /= float(std::max(1, counts[i]));
  return means;
}

void grid(const AppState& state, Context& context, const Scene& scene, const CellIcons& icons,
          const Cube& cube, const GridPlace& place) {
  const model::LayerInfo& layer = *place.layer;
  const int window = icons.grid ? icons.grid->window : 1;
  const int rows = (layer.height + window - 1) / window;
  const int columns = (layer.width + window - 1) / window;
  const std::vector<float> lengths = cell_lengths(cube, window, rows, columns);
  const float longest =
      context.agreed("magnitude at " + layer.name, lengths.empty() ? 0 : *std::ranges::max_element(lengths));
  const Clipped clip(place.grid);
  for (int row = 0; row < rows; ++row)
    for (int column = 0; column < columns; ++column) {
      const Position first{row * window, column * window};
      const Position last{std::min(first.y + window, layer.height) - 1,
                          std::min(first.x + window, layer.width) - 1};
      const Rect where{whole_pixels(place.all, layer, first).from, whole_pixels(place.all, layer, last).to};
      const float length = lengths[std::size_t(row) * std::size_t(columns) + std::size_t(column)];
      draw_cell(scene, context, icons, layer, first, where, share_of(state.grids.size, length, longest));
    }
}

// "14 × 14", "28 × 28, two by two · step 8".
std::string aside_of(const model::LayerInfo& layer, const CellIcons& icons) {
  std::string text = std::to_string(layer.height) + " × " + std::to_string(layer.width);
  if (icons.error) return text + " · cannot be made";
  if (!icons.grid) return text + " · the picture, until there are icons";
  if (icons.grid->window > 1)
    text +=
        " · in cells of " + std::to_string(icons.grid->window) + " × " + std::to_string(icons.grid->window);
  if (icons.grid->coarse) return text + " · a sketch from channels’ icons";
  if (!icons.grid->settled) text += " · step " + std::to_string(icons.grid->steps);
  return text;
}

}  // namespace

void grids_view(const AppState& state, Context& context, const Rect& where) {
  const auto scene = scene_of(state, context.engine);
  if (!scene || scene->layers.empty()) return;
  ViewHead head{{"Activation grids"}};
  head.subtitle = {"What each layer makes of every position: the icon of its activation vector"};
  head.choices = {{"grids/size",
                   {"Whole cells", "Area by magnitude", "Side by magnitude"},
                   int(state.grids.size),
                   [&](int index) {
                     GridOptions options = state.grids;
                     options.size = CellSize(index);
                     context.emit(action::SetGrids{options});
                   }},
                  {"grids/content", {"Icons", "Components"}, int(state.grids.content), [&](int index) {
                     GridOptions options = state.grids;
                     options.content = CellContent(index);
                     context.emit(action::SetGrids{options});
                   }}};
  const Rect body = view_header(context, where, head);
  const bool components = state.grids.content == CellContent::components;
  const float legend = components ? context.px(component_legend_height) : 0;
  for (const GridPlace& place : place_grids(context, *scene, state.zoom, body, legend)) {
    if (components) {
      grid_title(context, place, {place.layer->name},
                 std::to_string(place.layer->height) + " × " + std::to_string(place.layer->width), false);
      component_grid(context, *scene, place,
                     {{place.grid.from.x, place.grid.to.y + context.px(10)},
                      {place.grid.to.x, place.grid.to.y + legend}});
      grid_mouse(state, context, place);
      continue;
    }
    const CellIcons icons = cell_icons(*scene, context, *place.layer, engine::Visibility::visible);
    const auto& selected = state.selection.place();
    grid_title(context, place, {place.layer->name}, aside_of(*place.layer, icons),
               selected && selected->layer == place.layer->name);
    if (const auto activations = activations_of(*scene, context.engine, place.layer->name))
      grid(state, context, *scene, icons, *activations->cube, place);
    else
      ImGui::GetWindowDrawList()->AddRectFilled(place.grid.from, place.grid.to, context.theme.hover_wash);
    grid_mouse(state, context, place);
  }
}

}  // namespace tessera::ui
