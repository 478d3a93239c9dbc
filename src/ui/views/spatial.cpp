#include "ui/views/spatial.h"

#include <algorithm>
#include <cmath>
#include <span>
#include <string>
#include <vector>

#include "render/color_map.h"
#include "tessera/factorization/hue.h"
#include "ui/keys.h"
#include "ui/views/spatial_answers.h"
#include "ui/widgets/answer_status.h"
#include "ui/widgets/controls.h"
#include "ui/widgets/heat_map.h"
#include "ui/widgets/layer_grid.h"
#include "ui/widgets/method_choices.h"
#include "ui/widgets/provisional.h"
#include "ui/widgets/signed_bar.h"
#include "ui/widgets/text.h"
#include "ui/widgets/view_header.h"
#include "ui/widgets/zoom.h"

namespace tessera::ui {
namespace {

constexpr float factor_row = 20;
constexpr float most_factor_width = 230;
constexpr float least_factor_width = 128;
constexpr float factor_gap = 28;
constexpr float below_factors = 20;
constexpr float ground = 0.42f;  // the grey of a cell that speaks for nothing

ImU32 color_of_factor(int factor) {
  const factorization::Hue hue = factorization::hue_of(factor);
  return IM_COL32(hue.red, hue.green, hue.blue, 255);
}

// Where the classes of factors stand: side by side, in further rows where there is no room, fewer classes
// each then.
struct FactorRows {
  int columns = 1;
  int rows = 1;
  int classes = classes_listed;
  float width = 0;  // of a factor

  float row_height(const Context& context) const {
    return context.px(factor_row) * float(classes) + context.px(below_factors);
  }
  float height(const Context& context) const { return row_height(context) * float(rows); }
};

FactorRows factor_rows(const Context& context, int factors, float width) {
  FactorRows made;
  const float gap = context.px(factor_gap);
  const int fitting = std::max(1, int((width + gap) / (context.px(least_factor_width) + gap)));
  made.columns = std::clamp(fitting, 1, std::max(1, factors));
  made.rows = (factors + made.columns - 1) / made.columns;
  if (made.rows > 1) made.classes = made.rows > 2 ? 2 : 3;
  made.width =
      std::min(context.px(most_factor_width), (width - gap * float(made.columns - 1)) / float(made.columns));
  return made;
}

// The classes that each factor stands for, with bars in its hue.
void legend(const AppState& state, Context& context, const Scene& scene,
            const session::SaliencyFactors& saliency, const Certainty& certainty, const Rect& where) {
  const FactorRows rows = factor_rows(context, saliency.factors, where.width());
  const float gap = context.px(factor_gap);
  const int count = saliency.factors;
  const float width = rows.width;
  const std::size_t classes = saliency.classes.size();
  for (int factor = 0; factor < count; ++factor) {
    const std::span<const float> weights(saliency.weights.data() + std::size_t(factor) * classes, classes);
    const std::vector<std::size_t> strongest = strongest_classes(saliency, factor);
    const float most = strongest.empty() ? 0 : weights[strongest.front()];
    const float x = where.from.x + float(factor % rows.columns) * (width + gap);
    const float top = where.from.y + float(factor / rows.columns) * rows.row_height(context);
    for (std::size_t i = 0; i < std::min(strongest.size(), std::size_t(rows.classes)); ++i) {
      const std::size_t index = strongest[i];
      const int class_index = saliency.classes[index];
      const float y = top + context.px(factor_row) * float(i);
      const Rect row{{x, y}, {x + width, y + context.px(factor_row)}};
      const bool hovered = ImGui::IsWindowHovered() && row.contains(ImGui::GetIO().MousePos);
      const bool marked = hovered || state.selection.hovered.class_index == class_index;
      const float bar_from = row.to.x - width * 0.32f;
      draw_text(context, context.fonts.body, {x, y + context.px(1)},
                marked ? context.theme.accent : number_ink(context, context.theme.ink, certainty),
                scene.label(class_index), bar_from - x - context.px(8));
      const float thickness = context.px(7);
      plain_bar(context, weights[index], most,
                {{bar_from, row.center().y - thickness / 2}, {row.to.x, row.center().y + thickness / 2}},
                certainty.provisional ? faded(color_of_factor(factor)) : color_of_factor(factor), certainty);
      mark_control(context, "spatial/factor/" + std::to_string(factor) + "/" + std::to_string(class_index),
                   row);
      if (!hovered) continue;
      context.hover.class_index = class_index;
      if (ImGui::IsMouseClicked(0))
        context.emit(action::ChooseClass{class_index, control_held(), scene.objective});
    }
  }
}

// The hue of a position: grey, and towards each factor's colour by its share of the strongest.
ImU32 mixed(std::span<const float> shares, float strongest) {
  float red = ground, green = ground, blue = ground;
  float sum = 0;
  for (std::size_t f = 0; f < shares.size(); ++f) sum += shares[f];
  const float strength = strongest > 0 ? std::sqrt(std::min(1.0f, sum / strongest)) : 0;
  if (sum > 0) {
    float mix[3] = {0, 0, 0};
    for (std::size_t f = 0; f < shares.size(); ++f) {
      const factorization::Hue hue = factorization::hue_of(int(f));
      mix[0] += shares[f] / sum * float(hue.red) / 255;
      mix[1] += shares[f] / sum * float(hue.green) / 255;
      mix[2] += shares[f] / sum * float(hue.blue) / 255;
    }
    red = std::lerp(red, mix[0], strength);
    green = std::lerp(green, mix[1], strength);
    blue = std::lerp(blue, mix[2], strength);
  }
  return IM_COL32(int(red * 255), int(green * 255), int(blue * 255), 255);
}

// `draw`: what index it has, row by row, its place in the layer and on screen.
template <class Draw>
void for_each_cell(const GridPlace& place, const Draw& draw) {
  std::size_t i = 0;
  for (int y = 0; y < place.layer->height; ++y)
    for (int x = 0; x < place.layer->width; ++x)
      draw(i++, Position{y, x}, whole_pixels(place.all, *place.layer, {y, x}));
}

// Cells in the factors' hues, grey where those are on their way, and in each the cell's picture scaled by its
// magnitude.
void hued_grid(Context& context, const Scene& scene, const CellIcons& icons,
               const session::SaliencyLayer* maps, int factors, const Cube* cube, const Certainty& certainty,
               const GridPlace& place) {
  ImDrawList& list = *ImGui::GetWindowDrawList();
  const model::LayerInfo& layer = *place.layer;
  const Clipped clip(place.grid);
  const auto shares_at = [&](std::size_t i) {
    return maps && i < maps->positions
               ? std::span(maps->maps).subspan(i * std::size_t(factors), std::size_t(factors))
               : std::span<const float>();
  };
  float strongest = 0;
  for (std::size_t i = 0; maps && i < maps->positions; ++i) {
    float sum = 0;
    for (const float share : shares_at(i)) sum += share;
    strongest = std::max(strongest, sum);
  }
  strongest = context.agreed("evidence at " + layer.name, strongest);
  const std::vector<float> lengths = cube ? magnitudes(*cube) : std::vector<float>();
  const float longest =
      context.agreed("magnitude at " + layer.name, lengths.empty() ? 0 : *std::ranges::max_element(lengths));
  // What has one texture one after the other: a change of it at every cell is most of the time of a frame.
  for_each_cell(place, [&](std::size_t i, Position, const Rect& cell) {
    const ImU32 hue = mixed(shares_at(i), strongest);
    list.AddRectFilled(cell.from, cell.to, certainty.provisional ? faded(hue) : hue);
  });
  // Cell area in proportion to magnitude.
  if (longest > 0)
    for_each_cell(place, [&](std::size_t i, Position at, const Rect& cell) {
      draw_cell(scene, context, icons, layer, at, cell, 0.86f * std::sqrt(lengths[i] / longest));
    });
  if (context.draws_provisional(certainty)) hatch(context, place.grid);
}

// The picture in the dark, and light where the map says so.
void lit_grid(Context& context, const Scene& scene, const CellIcons& icons, std::span<const float> strength,
              const Certainty& certainty, const GridPlace& place) {
  ImDrawList& list = *ImGui::GetWindowDrawList();
  const model::LayerInfo& layer = *place.layer;
  const Clipped clip(place.grid);
  for_each_cell(place, [&](std::size_t i, Position at, const Rect& cell) {
    if (i < strength.size()) draw_cell(scene, context, icons, layer, at, cell, 1);
  });
  for_each_cell(place, [&](std::size_t i, Position, const Rect& cell) {
    if (i >= strength.size()) return;
    const float dark = 0.88f * (1 - strength[i]);
    list.AddRectFilled(cell.from, cell.to, IM_COL32(16, 16, 16, int(dark * 255)));
  });
  if (context.draws_provisional(certainty)) hatch(context, place.grid);
}

// What cancelling the checkerboard changes of the objective's map: signed, on the given scale.
void difference_grid(Context& context, std::span<const float> values, float reach, const GridPlace& place) {
  ImDrawList& list = *ImGui::GetWindowDrawList();
  const Clipped clip(place.grid);
  const render::ColorScale scale = signed_scale(context, reach, false);
  for_each_cell(place, [&](std::size_t i, Position, const Rect& cell) {
    if (i >= values.size()) return;
    const render::Rgb color = render::color_of(values[i], scale).color;
    list.AddRectFilled(cell.from, cell.to, IM_COL32(color.r, color.g, color.b, 255));
  });
}

float reach_of(std::span<const float> values) {
  float reach = 0;
  for (const float value : values) reach = std::max(reach, std::abs(value));
  return reach;
}

// The grids under the third state of the checkerboard switch.
void differences(const AppState& state, Context& context, const Scene& scene, const Rect& where) {
  std::vector<std::vector<float>> maps;
  float shared = 0;
  for (const model::LayerInfo* layer : scene.layers) {
    maps.push_back(checkerboard_difference(state, context.engine, scene, *layer));
    shared = std::max(shared, reach_of(maps.back()));
  }
  shared = context.agreed("difference", shared);
  std::size_t i = 0;
  for (const GridPlace& place : place_grids(context, scene, state.zoom, where)) {
    const std::vector<float>& map = maps[i++];
    const float reach = state.attribution.one_scale ? shared : reach_of(map);
    grid_title(context, place, {place.layer->name}, map.empty() ? "…" : "up to ±" + number(double(reach)),
               false);
    if (map.empty())
      ImGui::GetWindowDrawList()->AddRectFilled(place.grid.from, place.grid.to, context.theme.hover_wash);
    else
      difference_grid(context, map, reach, place);
    grid_mouse(state, context, place);
  }
}

TextWithNames subtitle_of(const AppState& state, const Scene& scene) {
  if (state.attribution.show_difference && scene.objective)
    return {"What smoothing the checkerboard changes of the map for " + text_of(scene, *scene.objective),
            labels_of(scene, *scene.objective)};
  return {"Attribution from positions to all classes, in a few hues"};
}

// How many hues, while they are shown.
ChoiceGroup hues_choice(const AppState& state, Context& context) {
  return {"factors", {"2", "3", "4", "5", "6 hues"}, state.spatial.factors - 2, [&](int index) {
            SpatialOptions options = state.spatial;
            options.factors = index + 2;
            context.emit(action::SetSpatial{options});
          }};
}

// What one grid shows for what is hovered or pinned.
struct GridLook {
  std::optional<std::vector<float>> lit;
  Certainty certainty = {};  // of that
  std::string title;
  bool marked = false;
};

GridLook look_of(const AppState& state, Context& context, const Scene& scene, const model::LayerInfo& layer,
                 const PositionClasses& known) {
  GridLook look;
  look.title = layer.name;
  if (const auto& index = state.selection.hovered.class_index) {
    look.lit = map_of_class(known.value.get(), *index);
    look.certainty = known.certainty();
    if (!look.lit) {
      look.lit = map_of_class(
          further_classes(state, context, scene, layer, {*index}, engine::Visibility::ahead).get(), *index);
      look.certainty = {};
    }
    return look;
  }
  const auto& place = state.selection.place();
  if (!place) return look;
  look.marked = place->layer == layer.name;
  if (const auto map = influence_of_place(state, context.engine, scene, layer, *place)) {
    look.title = map->influences ? layer.name + " influences it" : layer.name + ", influenced by it";
    look.lit = map->strength;
  }
  return look;
}

}  // namespace

void spatial_view(const AppState& state, Context& context, const Rect& where) {
  const auto scene = scene_of(state, context.engine);
  if (!scene || scene->layers.empty()) return;
  engine::Progress progress;
  std::shared_ptr<const Error> error;
  const std::vector<PositionClasses> known = position_classes(state, context, *scene);
  for (const PositionClasses& of_layer : known) {
    if (!of_layer.value) progress = of_layer.progress;
    if (of_layer.error) error = of_layer.error;
  }
  ViewHead head{{"What speaks for which classes, and where"}};
  head.subtitle = subtitle_of(state, *scene);
  head.choices = method_choices(state, context, *scene, true);
  if (!state.attribution.show_difference) head.choices.push_back(hues_choice(state, context));
  const Rect body = view_header(context, where, head);

  if (state.attribution.show_difference) {
    differences(state, context, *scene, body);
    return;
  }
  const auto saliency = saliency_of(state, context.engine, *scene, known);
  const Certainty of_hues = known.back().certainty();  // the last layer's: they are made of it
  const float legend_height = factor_rows(context, state.spatial.factors, body.width()).height(context);
  const Rect legend_rect{body.from, {body.to.x, body.from.y + legend_height}};
  const Rect grids{{body.from.x, legend_rect.to.y}, body.to};
  if (saliency)
    legend(state, context, *scene, *saliency, of_hues, legend_rect);
  else if (error)
    draw_failed(context, legend_rect, *error);
  else
    draw_pending(context, legend_rect, progress, "Attribution to all classes");

  std::size_t index = 0;
  for (const GridPlace& place : place_grids(context, *scene, state.zoom, grids)) {
    const PositionClasses& of_layer = known[index++];
    // A forward pass, before the sweeps: what a layer sees strongly is shown until there is more.
    const auto activations =
        activations_of(*scene, context.engine, place.layer->name, engine::Visibility::focused);
    // What speaks for what comes first; icons when nothing else waits. A figure waits for both.
    const CellIcons icons =
        cell_icons(*scene, context, *place.layer,
                   context.shown.controls ? engine::Visibility::ahead : engine::Visibility::visible);
    const GridLook look = look_of(state, context, *scene, *place.layer, of_layer);
    const std::string shape =
        std::to_string(place.layer->height) + " × " + std::to_string(place.layer->width);
    grid_title(context, place, {look.title, {place.layer->name}}, shape, look.marked);
    const session::SaliencyLayer* maps = nullptr;
    if (saliency)
      for (const session::SaliencyLayer& layer : saliency->layers)
        if (layer.layer == place.layer->name) maps = &layer;
    if (look.lit)
      lit_grid(context, *scene, icons, *look.lit, look.certainty, place);
    else if (maps || activations)
      hued_grid(context, *scene, icons, maps, saliency ? saliency->factors : 0,
                activations ? activations->cube.get() : nullptr,
                !maps                  ? Certainty{}
                : of_layer.provisional ? of_layer.certainty()
                                       : of_hues,
                place);
    else
      ImGui::GetWindowDrawList()->AddRectFilled(place.grid.from, place.grid.to, context.theme.hover_wash);
    grid_mouse(state, context, place);
  }
}

}  // namespace tessera::ui
