#include "ui/widgets/layer_grid.h"

#include <algorithm>
#include <cmath>
#include <string_view>

#include "ui/widgets/heat_map.h"
#include "ui/widgets/text.h"
#include "ui/widgets/zoom.h"

namespace tessera::ui {
namespace {

constexpr float title_height = 28;
constexpr float layer_row_gap = 22;

}  // namespace

std::vector<GridPlace> place_grids(const Context& context, const Scene& scene, const Zoom& zoom,
                                   const Rect& where, float beneath) {
  const int count = int(scene.layers.size());
  const float gap_x = context.px(layer_column_gap);
  const float gap_y = context.px(layer_row_gap);
  const float head = context.px(title_height);
  const float aspect = scene.aspect();
  int columns = 1;
  float width = 0;
  for (int tried = 1; tried <= count; ++tried) {
    const int rows = (count + tried - 1) / tried;
    const float by_width = (where.width() - gap_x * float(tried - 1)) / float(tried);
    const float by_height =
        ((where.height() - gap_y * float(rows - 1)) / float(rows) - head - beneath) / aspect;
    const float fitting = std::floor(std::min(by_width, by_height));
    if (fitting <= width) continue;
    width = fitting;
    columns = tried;
  }
  std::vector<GridPlace> places;
  const float step_x = columns > 1 ? (where.width() - width) / float(columns - 1) : 0;
  for (int i = 0; i < count; ++i) {
    // Grids keep together where there is more room than they need.
    const float x = where.from.x + float(i % columns) * std::min(step_x, width + 2 * gap_x);
    const float y = where.from.y + float(i / columns) * (head + width * aspect + beneath + gap_y);
    const ImVec2 from{std::round(x), std::round(y)};
    const Rect grid{{from.x, from.y + head}, {from.x + width, from.y + head + std::round(width * aspect)}};
    places.push_back(
        {scene.layers[std::size_t(i)], {from, {grid.to.x, grid.from.y}}, grid, zoomed(grid, zoom)});
  }
  return places;
}

void grid_title(Context& context, const GridPlace& place, const TextWithNames& title,
                const std::string& aside, bool marked) {
  const Rect& where = place.title;
  ImFont* font = context.fonts.small;
  const float gap = context.px(10);
  // Of several things that it says, as many as leave the name half of the room.
  std::string_view fitting = aside;
  const float most =
      std::max(where.width() * 0.5f, where.width() - gap - text_size(context.fonts.strong, title.text).x);
  while (text_size(font, fitting).x > most && !fitting.empty()) {
    const std::size_t piece = fitting.rfind(" · ");
    fitting = piece == std::string_view::npos ? std::string_view() : fitting.substr(0, piece);
  }
  const float taken = fitting.empty()
                          ? 0
                          : gap + draw_text(context, font, {where.to.x, where.from.y + context.px(2)},
                                            context.theme.muted, fitting, 0, Align::right);
  draw_text(context, context.fonts.strong, where.from, marked ? context.theme.accent : context.theme.ink,
            title, where.width() - taken);
}

Rect whole_pixels(const Rect& grid, const model::LayerInfo& layer, Position cell) {
  const Rect exact = cell_rect(grid, layer.height, layer.width, cell);
  return {{std::round(exact.from.x), std::round(exact.from.y)},
          {std::round(exact.to.x), std::round(exact.to.y)}};
}

CellIcons cell_icons(const Scene& scene, Context& context, const model::LayerInfo& layer,
                     engine::Visibility visibility) {
  const session::RenderGrid query{scene.model, scene.image, layer.name,
                                  session::standard_grid_recipe(layer.height, layer.width)};
  const auto answer = context.engine.ask(query, visibility);
  return {answer.value, answer.progress, answer.error};
}

void draw_cell(const Scene& scene, Context& context, const CellIcons& icons, const model::LayerInfo& layer,
               Position cell, const Rect& where, float side) {
  if (!scene.seen || side <= 0) return;
  std::shared_ptr<const Image> image(scene.seen, &scene.seen->image);
  int rows = layer.height;
  int columns = layer.width;
  if (icons.grid) {
    image = icons.grid->picture;
    rows = icons.grid->rows;
    columns = icons.grid->columns;
    cell = {cell.y / icons.grid->window, cell.x / icons.grid->window};
  }
  const render::TextureId texture = context.textures.picture(image, render::Sampling::linear);
  if (!texture) return;
  const float u = 1.0f / float(columns);
  const float v = 1.0f / float(rows);
  const ImVec2 half{where.width() * side / 2, where.height() * side / 2};
  const ImVec2 middle = where.center();
  ImGui::GetWindowDrawList()->AddImage(render::imgui_texture(texture), {middle.x - half.x, middle.y - half.y},
                                       {middle.x + half.x, middle.y + half.y},
                                       {float(cell.x) * u, float(cell.y) * v},
                                       {float(cell.x + 1) * u, float(cell.y + 1) * v});
}

float length_of(std::span<const float> vector) {
  double sum = 0;
  for (const float value : vector) sum += double(value) * double(value);
  return float(std::sqrt(sum));
}

std::vector<float> magnitudes(const Cube& cube) {
  const std::size_t depth = std::size_t(cube.channels);
  std::vector<float> lengths(cube.positions());
  for (std::size_t position = 0; position < lengths.size(); ++position)
    lengths[position] = length_of({cube.values.data() + position * depth, depth});
  return lengths;
}

Position most_active(const Cube& cube) {
  const std::vector<float> lengths = magnitudes(cube);
  const int edge = std::min(cube.height, cube.width) > 4 ? 1 : 0;
  Position found;
  float greatest = -1;
  for (int y = edge; y < cube.height - edge; ++y)
    for (int x = edge; x < cube.width - edge; ++x)
      if (const float length = lengths[std::size_t(y) * std::size_t(cube.width) + std::size_t(x)];
          length > greatest) {
        greatest = length;
        found = {y, x};
      }
  return found;
}

void grid_mouse(const AppState& state, Context& context, const GridPlace& place) {
  const model::LayerInfo& layer = *place.layer;
  mark_control(context, "grid/" + layer.name, place.grid);
  zoom_with_mouse(state, context, place.grid);
  const Clipped clip(place.grid);
  const ImVec2 mouse = ImGui::GetIO().MousePos;
  if (ImGui::IsWindowHovered() && place.grid.contains(mouse)) {
    if (const auto cell = cell_at(place.all, layer.height, layer.width, mouse)) {
      const Place found = place_of(layer.name, *cell, layer.height, layer.width);
      context.hover.place = found;
      if (ImGui::IsMouseClicked(0)) context.emit(action::PinPlace{found});
    }
  }
  const auto outline = [&](const std::optional<Place>& selected) {
    if (!selected) return;
    const Position cell = cell_of(*selected, layer.height, layer.width);
    outline_cell(context, cell_rect(place.all, layer.height, layer.width, cell));
  };
  outline(state.selection.pinned.place);
  outline(state.selection.hovered.place);
}

}  // namespace tessera::ui
