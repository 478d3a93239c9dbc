#include <algorithm>
#include <cmath>
#include <string>
#include <vector>

#include "ui/groups.h"
#include "ui/space/atom_values.h"
#include "ui/space/cell_map.h"
#include "ui/space/panels.h"
#include "ui/widgets/group_picture.h"
#include "ui/widgets/heat_map.h"
#include "ui/widgets/layer_grid.h"
#include "ui/widgets/picture.h"
#include "ui/widgets/provisional.h"
#include "ui/widgets/signed_bar.h"
#include "ui/widgets/text.h"
#include "ui/widgets/zoom.h"

namespace tessera::ui {
namespace {

constexpr float legend_height = 40;
constexpr float least_map = 150;

GridPlace place_in(const PanelScene& panels, const model::LayerInfo& layer, const Rect& where,
                   float beneath) {
  Context& context = panels.context;
  const float head = context.px(panel_head_height);
  const Rect room{{where.from.x, where.from.y + head}, {where.to.x, where.to.y - beneath}};
  const Rect grid = fitted(room, panels.scene.aspect());
  return {&layer, {where.from, {grid.to.x, grid.from.y}}, grid, zoomed(grid, panels.state.zoom)};
}

// What its colours say, in them, and on which scale.
void legend(Context& context, const CellMap& map, bool is_signed, float reach, const Certainty& certainty,
            ImVec2 at, float width) {
  ImFont* font = context.fonts.small;
  const float left = at.x, end = at.x + width;
  const auto say = [&](ImU32 color, const std::string& text) {
    at.x += draw_text(context, font, at, color, text, end - at.x);
  };
  if (!is_signed) {
    say(context.theme.muted, "clear where active");
  } else if (certainty.provisional) {
    say(context.theme.provisional, "for it or against it");
  } else if (text_size(font, "for it or against it").x <= width) {
    say(context.theme.plus, "for it");
    say(context.theme.muted, " or ");
    say(context.theme.minus, "against it");
  }
  at = {left, at.y + render::font_size(font) + context.px(3)};
  // As much as there is room for.
  const float most = reach_of(map);
  std::string scale = std::string("up to ") + (certainty.provisional ? "≈" : "") + (is_signed ? "±" : "") +
                      number(double(reach));
  const auto add = [&](const std::string& more) {
    if (text_size(font, scale + more).x <= width) scale += more;
  };
  if (most > reach) add(" and beyond, to " + number(double(most)));
  if (map.block > 1) add("; blocks of " + std::to_string(map.block) + " × " + std::to_string(map.block));
  say(context.theme.muted, scale);
}

bool map_of_layer(const PanelScene& panels, std::size_t index, const AtomValues& known, const Rect& where) {
  Context& context = panels.context;
  const figure::Element& element = panels.element(index);
  const float beneath = context.shown.legend ? context.px(legend_height) : 0;
  const model::LayerInfo& layer = *known.layer;
  GridPlace place = place_in(panels, layer, where, beneath);
  const bool has_room = place.grid.width() > context.px(least_map);
  const std::string shape =
      has_room ? std::to_string(layer.height) + " × " + std::to_string(layer.width) : std::string();
  grid_title(context, place, {layer.name},
             known.chosen.empty() ? shape : (known.provisional ? "≈ " : "") + known.chosen, false);
  if (!has_values(context, known, place.grid)) return false;
  CellMap map{layer.height, layer.width, known.values, 1};
  if (const figure::Project* project = figure::find<figure::Project>(element))
    if (const model::LayerInfo* onto = panels.scene.card->find_layer(project->layer)) {
      map = projected(map, onto->height, onto->width);
      place.layer = onto;
    }
  map = in_blocks(map,
                  element.content == figure::Content::attribution && !figure::find<figure::Project>(element));
  const float reach = context.agreed(quantity_of(panels, index, "map") + " at " + layer.name,
                                     known.is_signed ? sturdy_reach(map) : reach_of(map));
  {
    const Clipped clip(place.grid);
    draw_seen(panels.scene, context, place.all);
    const ImU32 ground = known.is_signed ? with_opacity(context.theme.page, 0.62f) : 0;
    if (known.is_signed) ImGui::GetWindowDrawList()->AddRectFilled(place.grid.from, place.grid.to, ground);
    draw_cells(context, map, known.is_signed, reach, place.all, known.certainty());
    if (context.draws_provisional(known.certainty())) hatch(context, place.grid);
  }
  grid_mouse(panels.state, context, place);
  if (!context.shown.legend) return true;
  const ImVec2 at{place.grid.from.x, place.grid.to.y + context.px(6)};
  legend(context, map, known.is_signed, reach, known.certainty(), at, place.grid.width());
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
    draw_text(context, context.fonts.strong, column.from, context.theme.ink,
              "Plane " + std::to_string(plane + 1), column.width());
    const Rect tile = fitted({{column.from.x, column.from.y + context.px(panel_head_height)}, column.to},
                             panels.scene.aspect());
    draw_channel(context, *activations, "input", panels.state.sheet, plane, tile);
    context.marks.add("space/plane/" + std::to_string(plane), tile);
  }
  return true;
}

bool heat_map_panel(const PanelScene& panels, std::size_t index, const Rect& where) {
  Context& context = panels.context;
  const auto layers = fitting_layers(panels, panels.element(index), where.width(), context.px(least_map));
  const std::vector<Rect> columns = side_by_side(context, where, layers.size());
  bool drawn = false;
  for (std::size_t i = 0; i < layers.size(); ++i)
    drawn = map_of_layer(panels, index, values_of(panels, index, *layers[i]), columns[i]) || drawn;
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
    grid_title(context, place, {layers[i]->name}, "", false);
    const AtomValues known = values_of(panels, index, *layers[i]);
    if (!has_values(context, known, place.grid)) continue;
    const auto& group = panels.state.selection.group();
    std::optional<int> only;
    if (group && group->layer == layers[i]->name && group->group < known.groups->groups())
      only = group->group;
    const bool is_chosen_by_value = !only && figure::find<figure::Filter>(element);
    if (is_chosen_by_value) only = first_atoms(element, known, 1).front();
    group_picture(panels.state, context, panels.scene, *known.groups, only,
                  "space/overlay/" + layers[i]->name, place.grid);
    if (is_chosen_by_value && context.draws_provisional(known.certainty())) hatch(context, place.grid);
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
    grid_title(context, place, {layer.name}, scaled ? "larger: contributes more" : "", false);
    std::vector<float> sizes(std::size_t(layer.height) * std::size_t(layer.width), 1.0f);
    Certainty certainty;
    if (scaled) {
      const AtomValues known = values_of(panels, index, layer);
      certainty = known.certainty();
      if (!has_values(context, known, place.grid)) continue;
      const float most =
          context.agreed(quantity_of(panels, index, "grid") + " at " + layer.name, known.reach());
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
    if (context.draws_provisional(certainty)) hatch(context, place.grid);
    grid_mouse(panels.state, context, place);
    drawn = true;
  }
  return drawn;
}

}  // namespace tessera::ui
