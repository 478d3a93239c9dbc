#include "ui/space/panels.h"

#include <algorithm>
#include <cmath>
#include <string>
#include <vector>

#include "ui/space/atom_values.h"
#include "ui/space/target.h"
#include "ui/widgets/answer_status.h"
#include "ui/widgets/icon.h"
#include "ui/widgets/text.h"

namespace tessera::ui {
namespace {

using figure::Atoms;
using figure::PanelKind;
using figure::Stratum;

constexpr float line_height = 17;
constexpr float below_title = 10;
constexpr float panel_gap = 22;

struct NeuronAt {
  Position cell;
  int channel = 0;
};
NeuronAt neuron_at(const model::LayerInfo& layer, int atom) {
  const int position = atom / layer.channels;
  return {{position / layer.width, position % layer.width}, atom % layer.channels};
}

// Of layers and classes.
std::vector<std::string> names_in(const Scene& scene, const std::string& text) {
  std::vector<std::string> names;
  for (const model::LayerInfo& layer : scene.card->layers)
    if (!layer.name.empty() && text.find(layer.name) != std::string::npos) names.push_back(layer.name);
  if (scene.objective)
    for (const std::string& label : labels_of(scene, *scene.objective))
      if (text.find(label) != std::string::npos) names.push_back(label);
  return names;
}

bool draw(const PanelScene& panels, const figure::Panel& panel, const Rect& where) {
  switch (panel.kind) {
    case PanelKind::view:
      return view_panel(panels, panel.view, where);
    case PanelKind::picture:
      return picture_panel(panels, where);
    case PanelKind::color_planes:
      return color_planes_panel(panels, where);
    case PanelKind::class_bars:
      return class_bars_panel(panels, panel.element, where);
    case PanelKind::icon_strip:
    case PanelKind::map_strip:
      return strip_panel(panels, panel.element, where);
    case PanelKind::icon_grid:
      return icon_grid_panel(panels, panel.element, where);
    case PanelKind::heat_map:
    case PanelKind::saliency_map:
      return heat_map_panel(panels, panel.element, where);
    case PanelKind::ranked_bars:
    case PanelKind::neuron_list:
      return bars_panel(panels, panel.element, where);
    case PanelKind::group_table:
      return group_table_panel(panels, panel.element, where);
    case PanelKind::group_overlay:
      return group_overlay_panel(panels, panel.element, where);
    case PanelKind::ribbons:
      return ribbons_panel(panels, panel.element, where);
    case PanelKind::cube:
      return cube_panel(panels, panel.element, where);
    case PanelKind::balance:
      return balance_panel(panels, panel.element, where);
  }
  return false;
}

}  // namespace

void draw_panel(const PanelScene& panels, const figure::Panel& panel, std::size_t index, int title_lines,
                const Rect& where) {
  Context& context = panels.context;
  Rect body = where;
  context.marks.add("space/panel/" + std::to_string(index), where);
  if (panel.kind != PanelKind::view) {
    const figure::Element& element = panels.element(panel.element);
    body.from.y += context.px(line_height) * float(title_lines) + context.px(below_title);
    const std::string target = element.towards ? target_of(panels, element).text : std::string();
    draw_lines(context, context.fonts.small, where.from, context.theme.muted,
               {figure::describe(element, target), names_in(panels.scene, target)}, where.width(),
               std::size_t(title_lines));
    const bool needs_layers = element.stratum == Stratum::hidden && panel.kind != PanelKind::ribbons;
    if (needs_layers && layers_of(panels, element).empty()) {
      draw_wrapped(
          context, context.fonts.body, body.from, context.theme.muted,
          "None of the layers that are shown comes before what is contributed to: show an earlier one.",
          body.width());
      context.marks.add("space/drawn/" + std::to_string(index), body);
      return;
    }
  }
  if (draw(panels, panel, body)) context.marks.add("space/drawn/" + std::to_string(index), body);
}

bool has_values(Context& context, const AtomValues& known, const Rect& where) {
  if (!known.values.empty()) return true;
  if (known.error)
    draw_failed(context, where, *known.error);
  else
    draw_pending(context, where, known.progress, known.is_signed ? "Attribution" : "Activations");
  return false;
}

std::vector<Rect> side_by_side(const Context& context, const Rect& where, std::size_t count) {
  std::vector<Rect> parts;
  const float between = context.px(panel_gap);
  const float width = (where.width() - between * float(count - 1)) / float(std::max<std::size_t>(1, count));
  for (std::size_t i = 0; i < count; ++i) {
    const float left = std::round(where.from.x + float(i) * (width + between));
    parts.push_back({{left, where.from.y}, {left + width, where.to.y}});
  }
  return parts;
}

std::vector<Rect> beneath_each_other(const Context& context, const Rect& where, std::size_t count) {
  std::vector<Rect> parts;
  const float between = context.px(panel_gap / 2);
  const float height = (where.height() - between * float(count - 1)) / float(std::max<std::size_t>(1, count));
  for (std::size_t i = 0; i < count; ++i) {
    const float top = std::round(where.from.y + float(i) * (height + between));
    parts.push_back({{where.from.x, top}, {where.to.x, top + height}});
  }
  return parts;
}

Rect fitted(const Rect& where, float aspect) {
  const float width = std::max(1.0f, std::floor(std::min(where.width(), where.height() / aspect)));
  return {where.from, {where.from.x + width, where.from.y + std::floor(width * aspect)}};
}

std::string name_of_atom(const figure::Element& element, const model::LayerInfo& layer, int atom) {
  const bool input = element.stratum == Stratum::input;
  if (element.atoms == Atoms::group) return "Group " + std::to_string(atom + 1);
  if (element.atoms == Atoms::channel)
    return input ? "Colour plane " + std::to_string(atom + 1) : "Channel " + std::to_string(atom);
  if (element.atoms == Atoms::whole) return layer.name;
  const NeuronAt at = neuron_at(layer, atom);
  return (input ? "Plane " + std::to_string(at.channel + 1) : std::to_string(at.channel)) + " at " +
         std::to_string(at.cell.y) + ", " + std::to_string(at.cell.x);
}

bool is_marked(const Selection& selection, const figure::Element& element, const model::LayerInfo& layer,
               int atom) {
  if (element.stratum == Stratum::input) return false;
  if (element.atoms == Atoms::group) return selection.group() == GroupRef{layer.name, atom};
  if (element.atoms == Atoms::channel) return selection.channel() == ChannelRef{layer.name, atom};
  if (element.atoms != Atoms::neuron || !selection.place()) return false;
  const NeuronAt at = neuron_at(layer, atom);
  return selection.channel() == ChannelRef{layer.name, at.channel} &&
         cell_of(*selection.place(), layer.height, layer.width) == at.cell;
}

void point_at(Context& context, const figure::Element& element, const model::LayerInfo& layer, int atom,
              const Rect& where) {
  const bool inside = ImGui::IsWindowHovered() && where.contains(ImGui::GetIO().MousePos);
  if (!inside || element.atoms == Atoms::whole) return;
  context.hovered_at = where;
  const bool clicked = ImGui::IsMouseClicked(0);
  if (element.atoms == Atoms::group) {
    context.hover.group = GroupRef{layer.name, atom};
    if (clicked) context.emit(action::PinGroup{{layer.name, atom}});
    return;
  }
  if (element.atoms == Atoms::neuron) {
    const NeuronAt at = neuron_at(layer, atom);
    const Place place = place_of(layer.name, at.cell, layer.height, layer.width);
    context.hover.place = place;
    if (clicked) context.emit(action::PinPlace{place});
    atom = at.channel;
  }
  if (element.stratum == Stratum::input) return;  // its planes are no detectors that other views could mark
  context.hover.channel = ChannelRef{layer.name, atom};
  if (clicked) click_channel(context, {layer.name, atom});
}

}  // namespace tessera::ui
