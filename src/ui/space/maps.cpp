#include <algorithm>
#include <cmath>
#include <numeric>
#include <string>
#include <vector>

#include "tessera/session/position_sum.h"
#include "ui/groups.h"
#include "ui/space/atom_values.h"
#include "ui/space/panels.h"
#include "ui/space/target.h"
#include "ui/widgets/answer_status.h"
#include "ui/widgets/group_picture.h"
#include "ui/widgets/heat_map.h"
#include "ui/widgets/layer_grid.h"
#include "ui/widgets/picture.h"
#include "ui/widgets/text.h"
#include "ui/widgets/zoom.h"

namespace tessera::ui {
namespace {

constexpr float head_height = 24;
constexpr float legend_height = 40;
constexpr float least_map = 150;
constexpr int most_cells = 64;  // a side; finer maps are drawn in blocks

struct CellMap {
  int height = 0;
  int width = 0;
  std::vector<float> values;  // row by row
};

// Sums of blocks where values are contributions, which add up; else means.
CellMap in_blocks(const CellMap& map, bool sums) {
  const int block = (std::max(map.height, map.width) + most_cells - 1) / most_cells;
  if (block <= 1) return map;
  CellMap coarse{(map.height + block - 1) / block, (map.width + block - 1) / block, {}};
  coarse.values.assign(std::size_t(coarse.height) * std::size_t(coarse.width), 0.0f);
  std::vector<int> counts(coarse.values.size(), 0);
  for (int y = 0; y < map.height; ++y)
    for (int x = 0; x < map.width; ++x) {
      const std::size_t at = std::size_t(y / block) * std::size_t(coarse.width) + std::size_t(x / block);
      coarse.values[at] += map.values[std::size_t(y) * std::size_t(map.width) + std::size_t(x)];
      ++counts[at];
    }
  for (std::size_t i = 0; i < counts.size() && !sums; ++i) coarse.values[i] /= float(std::max(1, counts[i]));
  return coarse;
}

// On another grid: each of its cells has the mean of those that it meets.
CellMap projected(const CellMap& map, int height, int width) {
  CellMap made{height, width, {}};
  for (int y = 0; y < height; ++y)
    for (int x = 0; x < width; ++x) {
      const int top = y * map.height / height, left = x * map.width / width;
      const int bottom = std::max(top + 1, (y + 1) * map.height / height);
      const int right = std::max(left + 1, (x + 1) * map.width / width);
      float sum = 0;
      for (int v = top; v < bottom; ++v)
        for (int u = left; u < right; ++u)
          sum += map.values[std::size_t(v) * std::size_t(map.width) + std::size_t(u)];
      made.values.push_back(sum / float((bottom - top) * (right - left)));
    }
  return made;
}

ImU32 with_opacity(ImU32 color, float opacity) {
  return (color & ~IM_COL32_A_MASK) |
         (ImU32(std::clamp(opacity, 0.0f, 1.0f) * 255 + 0.5f) << IM_COL32_A_SHIFT);
}

// A veil that is clear where values are high; contributions in the signs' two colours, strong where they are.
void draw_cells(Context& context, const CellMap& map, bool is_signed, float reach, const Rect& all) {
  ImDrawList& list = *ImGui::GetWindowDrawList();
  constexpr float veil = 0.94f, strongest = 0.86f;
  for (int y = 0; y < map.height; ++y)
    for (int x = 0; x < map.width; ++x) {
      const float value = map.values[std::size_t(y) * std::size_t(map.width) + std::size_t(x)];
      const float share = reach > 0 ? std::clamp(value / reach, -1.0f, 1.0f) : 0.0f;
      const Rect exact = cell_rect(all, map.height, map.width, {y, x});
      const ImU32 color = is_signed ? with_opacity(share < 0 ? context.theme.minus : context.theme.plus,
                                                   strongest * std::sqrt(std::abs(share)))
                                    : with_opacity(context.theme.page, veil * (1 - std::max(0.0f, share)));
      list.AddRectFilled({std::round(exact.from.x), std::round(exact.from.y)},
                         {std::round(exact.to.x), std::round(exact.to.y)}, color);
    }
}

float reach_of(const CellMap& map) {
  float most = 0;
  for (const float value : map.values) most = std::max(most, std::abs(value));
  return most;
}

GridPlace place_in(const PanelScene& panels, const model::LayerInfo& layer, const Rect& where,
                   float beneath) {
  Context& context = panels.context;
  const float head = context.px(head_height);
  const Rect room{{where.from.x, where.from.y + head}, {where.to.x, where.to.y - beneath}};
  const Rect grid = fitted(room, panels.scene.aspect());
  return {&layer, {where.from, {grid.to.x, grid.from.y}}, grid, zoomed(grid, panels.state.zoom)};
}

// What its colours say, in them.
void legend(Context& context, bool is_signed, float reach, ImVec2 at, float width) {
  ImDrawList& list = *ImGui::GetWindowDrawList();
  ImFont* font = context.fonts.small;
  const float end = at.x + width;
  const auto say = [&](ImU32 color, const std::string& text) {
    if (at.x < end) at.x += draw_text(list, font, at, color, text, end - at.x);
  };
  if (!is_signed) {
    say(context.theme.muted, "clear where active, up to " + number(double(reach)));
    return;
  }
  say(context.theme.plus, "for it");
  say(context.theme.muted, " or ");
  say(context.theme.minus, "against it");
  say(context.theme.muted, ", up to ±" + number(double(reach)));
}

// As fine as the picture: summed on the other lane and drawn from a texture.
bool pixels(const PanelScene& panels, const figure::Element& element, const AtomValues& known,
            const GridPlace& place) {
  Context& context = panels.context;
  const KnownTarget target = target_of(panels, element);
  if (!target.objective || !known.attribution) return false;
  std::vector<int> planes(std::size_t(known.attribution->values->channels));
  std::iota(planes.begin(), planes.end(), 0);
  const std::string key =
      attribution_query(panels.state, panels.scene, known.layer->name, *target.objective).key();
  const auto answer = context.engine.ask(session::PositionSum{
      known.attribution->values, key + (known.provisional ? " so far" : ""), std::move(planes)});
  const auto sum = value_or_status(context, answer, place.grid, "Saliency");
  if (!sum) return false;
  const auto [low, high] = range_of(*sum, 0);
  const float reach = std::max(-low, high);
  {
    const Clipped clip(place.grid);
    draw_seen(panels.scene, context, place.all);
    ImGui::GetWindowDrawList()->AddRectFilled(place.grid.from, place.grid.to,
                                              with_opacity(context.theme.page, 0.62f));
    draw_map(context, sum, signed_scale(context, reach, true), MapSampling::smooth, 0, place.all);
  }
  grid_mouse(panels.state, context, place);
  if (context.shown.legend)
    legend(context, true, reach, {place.grid.from.x, place.grid.to.y + context.px(6)}, place.grid.width());
  return true;
}

bool map_of_layer(const PanelScene& panels, const figure::Element& element, const AtomValues& known,
                  const Rect& where) {
  Context& context = panels.context;
  const float beneath = context.shown.legend ? context.px(legend_height) : 0;
  const model::LayerInfo& layer = *known.layer;
  GridPlace place = place_in(panels, layer, where, beneath);
  grid_title(context, place, layer.name,
             known.provisional       ? "linear so far"
             : !known.chosen.empty() ? known.chosen
                                     : std::to_string(layer.height) + " × " + std::to_string(layer.width),
             false);
  if (!has_values(context, known, place.grid)) return false;
  if (element.stratum == figure::Stratum::input) return pixels(panels, element, known, place);
  CellMap map{layer.height, layer.width, known.values};
  if (const figure::Project* project = figure::find<figure::Project>(element))
    if (const model::LayerInfo* onto = panels.scene.card->find_layer(project->layer)) {
      map = projected(map, onto->height, onto->width);
      place.layer = onto;
    }
  map = in_blocks(map,
                  element.content == figure::Content::attribution && !figure::find<figure::Project>(element));
  const float reach = reach_of(map);
  {
    const Clipped clip(place.grid);
    draw_seen(panels.scene, context, place.all);
    const ImU32 ground = known.is_signed ? with_opacity(context.theme.page, 0.62f) : 0;
    if (known.is_signed) ImGui::GetWindowDrawList()->AddRectFilled(place.grid.from, place.grid.to, ground);
    draw_cells(context, map, known.is_signed, reach, place.all);
  }
  grid_mouse(panels.state, context, place);
  if (!context.shown.legend) return true;
  const ImVec2 at{place.grid.from.x, place.grid.to.y + context.px(6)};
  legend(context, known.is_signed, reach, at, place.grid.width());
  return true;
}

}  // namespace

bool picture_panel(const PanelScene& panels, const Rect& where) {
  const Rect seen = fitted(where, panels.scene.aspect());
  picture(panels.state, panels.context, panels.scene, "space/picture", panels.scene.layer,
          overlay_of_selection(panels.state, panels.context, panels.scene), seen);
  return panels.scene.seen != nullptr;
}

bool color_planes_panel(const PanelScene& panels, const Rect& where) {
  Context& context = panels.context;
  const auto activations = activations_of(panels.scene, context.engine, "input");
  if (!activations) return false;
  const int planes = activations->cube->channels;
  const std::vector<Rect> columns = side_by_side(context, where, std::size_t(planes));
  for (int plane = 0; plane < planes; ++plane) {
    const Rect& column = columns[std::size_t(plane)];
    draw_text(*ImGui::GetWindowDrawList(), context.fonts.strong, column.from, context.theme.ink,
              "Plane " + std::to_string(plane + 1), column.width());
    const Rect tile =
        fitted({{column.from.x, column.from.y + context.px(head_height)}, column.to}, panels.scene.aspect());
    draw_channel(context, *activations, "input", panels.state.sheet, plane, tile);
    context.marks.add("space/plane/" + std::to_string(plane), tile);
  }
  return true;
}

bool heat_map_panel(const PanelScene& panels, std::size_t index, const Rect& where) {
  Context& context = panels.context;
  const figure::Element& element = panels.element(index);
  const auto layers = fitting_layers(panels, element, where.width(), context.px(least_map));
  const std::vector<Rect> columns = side_by_side(context, where, layers.size());
  bool drawn = false;
  for (std::size_t i = 0; i < layers.size(); ++i)
    drawn = map_of_layer(panels, element, values_of(panels, index, *layers[i]), columns[i]) || drawn;
  return drawn;
}

bool group_overlay_panel(const PanelScene& panels, std::size_t index, const Rect& where) {
  Context& context = panels.context;
  const figure::Element& element = panels.element(index);
  const auto layers = fitting_layers(panels, element, where.width(), context.px(least_map));
  const std::vector<Rect> columns = side_by_side(context, where, layers.size());
  bool drawn = false;
  for (std::size_t i = 0; i < layers.size(); ++i) {
    const GridPlace place = place_in(panels, *layers[i], columns[i], 0);
    grid_title(context, place, layers[i]->name, "", false);
    const AtomValues known = values_of(panels, index, *layers[i]);
    if (!has_values(context, known, place.grid)) continue;
    const auto& group = panels.state.selection.group();
    std::optional<int> only;
    if (group && group->layer == layers[i]->name && group->group < known.groups->groups())
      only = group->group;
    if (!only && figure::find<figure::Filter>(element)) only = first_atoms(element, known, 1).front();
    group_picture(panels.state, context, panels.scene, *known.groups, only,
                  "space/overlay/" + layers[i]->name, place.grid);
    drawn = true;
  }
  return drawn;
}

bool icon_grid_panel(const PanelScene& panels, std::size_t index, const Rect& where) {
  Context& context = panels.context;
  const figure::Element& element = panels.element(index);
  const bool scaled =
      element.content == figure::Content::attribution || figure::find<figure::Filter>(element);
  const auto layers = fitting_layers(panels, element, where.width(), context.px(least_map));
  const std::vector<Rect> columns = side_by_side(context, where, layers.size());
  bool drawn = false;
  for (std::size_t i = 0; i < layers.size(); ++i) {
    const model::LayerInfo& layer = *layers[i];
    const GridPlace place = place_in(panels, layer, columns[i], 0);
    const CellIcons icons = cell_icons(panels.scene, context, layer, engine::Visibility::visible);
    grid_title(context, place, layer.name, scaled ? "larger: contributes more" : "", false);
    std::vector<float> sizes(std::size_t(layer.height) * std::size_t(layer.width), 1.0f);
    if (scaled) {
      const AtomValues known = values_of(panels, index, layer);
      if (!has_values(context, known, place.grid)) continue;
      const float most = known.reach();
      for (std::size_t cell = 0; cell < sizes.size(); ++cell)
        sizes[cell] = most > 0 ? std::sqrt(std::max(0.0f, known.values[cell]) / most) : 0.0f;
    }
    const Clipped clip(place.grid);
    const int window = icons.grid ? icons.grid->window : 1;
    for (int y = 0; y < layer.height; y += window)
      for (int x = 0; x < layer.width; x += window) {
        float size = 0;
        const int bottom = std::min(y + window, layer.height), right = std::min(x + window, layer.width);
        for (int v = y; v < bottom; ++v)
          for (int u = x; u < right; ++u)
            size = std::max(size, sizes[std::size_t(v) * std::size_t(layer.width) + std::size_t(u)]);
        const Rect cell{whole_pixels(place.all, layer, {y, x}).from,
                        whole_pixels(place.all, layer, {bottom - 1, right - 1}).to};
        draw_cell(panels.scene, context, icons, layer, {y, x}, cell, size);
      }
    grid_mouse(panels.state, context, place);
    drawn = true;
  }
  return drawn;
}

}  // namespace tessera::ui
