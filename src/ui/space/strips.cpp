#include <algorithm>
#include <cmath>
#include <string>
#include <vector>

#include "ui/classes_in_question.h"
#include "ui/groups.h"
#include "ui/keys.h"
#include "ui/space/atom_values.h"
#include "ui/space/panels.h"
#include "ui/widgets/group_icon.h"
#include "ui/widgets/heat_map.h"
#include "ui/widgets/icon.h"
#include "ui/widgets/picture.h"
#include "ui/widgets/provisional.h"
#include "ui/widgets/signed_bar.h"
#include "ui/widgets/text.h"

namespace tessera::ui {
namespace {

using figure::Atoms;
using figure::Element;

constexpr float least_band = 96;
constexpr float strip_head_height = 22;
constexpr float caption_height = 44;
constexpr float least_tile = 64;
constexpr float largest_tile = 112;
constexpr float tile_gap = 12;
constexpr float least_between_captions = 6;
constexpr int usual_classes = 8;
constexpr int usual_atoms = 24;

// As many tiles as fit, row by row, as large as is good to see.
struct Tiles {
  float side = 0;
  float step = 0;  // from one to the next in a row
  int columns = 1;
  int rows = 1;
  Rect at(const Context& context, const Rect& where, int index) const {
    const float x = std::round(where.from.x + float(index % columns) * step);
    const float y = std::round(where.from.y + float(index / columns) * (side + context.px(caption_height)));
    return {{x, y}, {x + side, y + side}};
  }
};

// `caption_width`: of the widest caption beneath one, which are not cut.
Tiles lay_out(const Context& context, const Rect& where, int wanted, float caption_width) {
  Tiles tiles;
  const float gap = context.px(tile_gap), caption = context.px(caption_height);
  // The largest tiles of which all that is wanted fits; else the smallest, and fewer.
  for (float side = largest_tile; side >= least_tile; side -= 8) {
    tiles.side = std::min(context.px(side), std::max(context.px(16), where.height() - caption));
    tiles.step = std::max(tiles.side + gap, caption_width + context.px(least_between_captions));
    tiles.columns = std::max(1, int((where.width() + tiles.step - tiles.side) / tiles.step));
    if (float(tiles.columns - 1) * tiles.step + caption_width > where.width() && tiles.columns > 1)
      --tiles.columns;
    tiles.rows = std::max(1, int((where.height() + context.px(4)) / (tiles.side + caption)));
    if (tiles.columns * tiles.rows >= wanted) break;
  }
  return tiles;
}

void icon_of_atom(const PanelScene& panels, const Element& element, const AtomValues& known, int atom,
                  const Rect& tile) {
  Context& context = panels.context;
  const model::LayerInfo& layer = *known.layer;
  if (element.atoms == Atoms::group) {
    draw_group_icon(context, panels.scene, *known.groups, atom, true, tile);
    mark_group(panels.state.selection, context, {layer.name, atom}, tile);
    return;
  }
  if (element.atoms == Atoms::channel) {
    draw_icon(panels.scene, context, ChannelRef{layer.name, atom}, tile);
    mark_channel(panels.state.selection, context, {layer.name, atom}, tile);
    return;
  }
  draw_icon(panels.scene, context,
            IconOf{layer.name, featurevis::CentreNeuron{atom % layer.channels}, false, 1, 0}, tile);
}

// Where a channel is active.
void map_of_channel(const PanelScene& panels, const AtomValues& known, int channel, const Rect& tile) {
  Context& context = panels.context;
  const auto activations = activations_of(panels.scene, context.engine, known.layer->name);
  draw_seen(panels.scene, context, tile);
  if (!activations) return;
  const auto [low, high] = range_of(*activations->cube, channel);
  const float reach = context.agreed(
      "Activation of " + known.layer->name + ", channel " + std::to_string(channel), std::max(-low, high));
  render::ColorScale scale = veil_scale(context, reach);
  if (activations->minimum < 0) scale = signed_scale(context, reach, true);
  draw_map(context, activations->cube, scale, panels.state.sheet.sampling, channel, tile);
  mark_channel(panels.state.selection, context, {known.layer->name, channel}, tile);
}

void caption(Context& context, const std::string& name, float value, float reach, bool is_signed, bool marked,
             const Certainty& certainty, const Rect& tile) {
  const float thickness = context.px(4);
  const Rect bar{{tile.from.x, tile.to.y + context.px(3)},
                 {tile.to.x, tile.to.y + context.px(3) + thickness}};
  if (is_signed)
    signed_bar(context, value, reach, bar, false, certainty);
  else
    plain_bar(context, value, reach, bar, marked ? context.theme.accent : context.theme.bar, certainty);
  const float y = bar.to.y + context.px(2);
  const std::string told = is_signed ? signed_number(double(value), certainty) : number(double(value));
  const ImU32 ink = number_ink(context, context.theme.ink, certainty);
  ImFont* font = context.fonts.small;
  // Beside each other where there is room, else beneath.
  const bool beside = text_size(font, name).x + text_size(font, told).x + context.px(6) <= tile.width();
  draw_text(context, font, {tile.from.x, y}, marked ? context.theme.accent : context.theme.muted, name);
  if (beside)
    draw_text(context, font, {tile.to.x, y}, ink, told, 0, Align::right);
  else
    draw_text(context, font, {tile.from.x, y + render::font_size(font) + context.px(1)}, ink, told);
}

std::string told_value(const AtomValues& known, int atom) {
  const double value = double(known.values[std::size_t(atom)]);
  return known.is_signed ? signed_number(value, known.certainty()) : number(value);
}

std::string short_name(const Element& element, const model::LayerInfo& layer, int atom) {
  if (element.atoms == Atoms::channel) return std::to_string(atom);
  if (element.atoms == Atoms::group) return std::to_string(atom + 1);
  return name_of_atom(element, layer, atom);
}

bool band(const PanelScene& panels, std::size_t index, const AtomValues& known, float reach,
          const Rect& where) {
  Context& context = panels.context;
  const Element& element = panels.element(index);
  draw_text(context, context.fonts.strong, where.from, context.theme.ink, known.layer->name, where.width());
  const Rect body{{where.from.x, where.from.y + context.px(strip_head_height)}, where.to};
  if (!has_values(context, known, body)) return false;
  const int wanted = int(first_atoms(element, known, usual_atoms).size());
  float widest = 0;
  for (const int atom : first_atoms(element, known, usual_atoms))
    for (const std::string& text : {short_name(element, *known.layer, atom), told_value(known, atom)})
      widest = std::max(widest, text_size(context.fonts.small, text).x);
  const Tiles tiles = lay_out(context, body, wanted, widest);
  int place = 0;
  for (const int atom : first_atoms(element, known, std::min(wanted, tiles.rows * tiles.columns))) {
    const Rect tile = tiles.at(context, body, place++);
    if (element.presentation == figure::Presentation::feature)
      icon_of_atom(panels, element, known, atom, tile);
    else
      map_of_channel(panels, known, atom, tile);
    caption(context, short_name(element, *known.layer, atom), known.values[std::size_t(atom)], reach,
            known.is_signed, is_marked(panels.state.selection, element, *known.layer, atom),
            known.certainty(), tile);
    mark_control(context,
                 "space/tile/" + std::to_string(index) + "/" + known.layer->name + "/" + std::to_string(atom),
                 tile);
    point_at(context, element, *known.layer, atom, tile);
  }
  return place > 0;
}

bool classes(const PanelScene& panels, std::size_t index, const Rect& where) {
  Context& context = panels.context;
  const Scene& scene = panels.scene;
  if (!scene.verdict) return false;
  const figure::Top* top = figure::find<figure::Top>(panels.element(index));
  const std::vector<int> all = classes_in_question(scene, top ? top->count : usual_classes);
  const Tiles tiles = lay_out(context, where, int(all.size()), 0);
  const int shown = std::min(int(all.size()), tiles.rows * tiles.columns);
  for (int i = 0; i < shown; ++i) {
    const int which = all[std::size_t(i)];
    const Rect tile = tiles.at(context, where, i);
    draw_icon(scene, context, IconOf{"", featurevis::ClassLogit{which}, false, 1, 0}, tile);
    const bool marked = panels.state.selection.hovered.class_index == which;
    draw_text(context, context.fonts.small, {tile.from.x, tile.to.y + context.px(4)},
              marked ? context.theme.accent : context.theme.muted, scene.label(which), tile.width());
    mark_control(context, "space/tile/" + std::to_string(index) + "/output/" + std::to_string(which), tile);
    if (!ImGui::IsWindowHovered() || !tile.contains(ImGui::GetIO().MousePos)) continue;
    context.hover.class_index = which;
    if (ImGui::IsMouseClicked(0)) context.emit(action::ChooseClass{which, control_held(), scene.objective});
  }
  return shown > 0;
}

// A picture in which the layer sees more of what it sees in this one.
bool caricatures(const PanelScene& panels, std::size_t index, const Rect& where) {
  Context& context = panels.context;
  const auto layers = fitting_layers(panels, panels.element(index), where.width(), context.px(least_band));
  const std::vector<Rect> columns = side_by_side(context, where, layers.size());
  bool drawn = false;
  for (std::size_t i = 0; i < layers.size(); ++i) {
    draw_text(context, context.fonts.strong, columns[i].from, context.theme.ink, layers[i]->name,
              columns[i].width());
    const Rect tile =
        fitted({{columns[i].from.x, columns[i].from.y + context.px(strip_head_height)}, columns[i].to}, 1);
    const auto activations = activations_of(panels.scene, context.engine, layers[i]->name);
    if (!activations) continue;
    const Cube& cube = *activations->cube;
    draw_icon(
        panels.scene, context,
        IconOf{layers[i]->name, featurevis::Caricature{cube.height, cube.width, cube.values, 4}, false, 1, 0},
        tile);
    context.marks.add("space/tile/" + std::to_string(index) + "/" + layers[i]->name + "/0", tile);
    drawn = true;
  }
  return drawn;
}

}  // namespace

bool strip_panel(const PanelScene& panels, std::size_t index, const Rect& where) {
  Context& context = panels.context;
  const Element& element = panels.element(index);
  if (element.stratum == figure::Stratum::output) return classes(panels, index, where);
  if (element.atoms == Atoms::whole) return caricatures(panels, index, where);
  const auto layers = fitting_layers(panels, element, where.height(), context.px(least_band));
  const auto [known, shared] = values_of(panels, index, layers);
  bool drawn = false;
  const std::vector<Rect> bands = beneath_each_other(context, where, layers.size());
  for (std::size_t i = 0; i < layers.size(); ++i) {
    // Contributions compare between layers; means and lengths of activations do not.
    const bool one_scale = known[i].is_signed && panels.state.attribution.one_scale;
    const std::string where_from = one_scale ? std::string() : " at " + layers[i]->name;
    const float reach = context.agreed(quantity_of(panels, index, "strip") + where_from,
                                       one_scale ? shared : known[i].reach());
    drawn = band(panels, index, known[i], reach, bands[i]) || drawn;
  }
  return drawn;
}

}  // namespace tessera::ui
