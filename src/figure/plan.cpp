#include "tessera/figure/plan.h"

#include <set>

#include "tessera/base/error.h"
#include "tessera/figure/presets.h"

namespace tessera::figure {
namespace {

PanelKind of_input(const Element& element) {
  const bool held = element.content == Content::activations;
  switch (element.atoms) {
    case Atoms::channel:
      return held ? PanelKind::color_planes : PanelKind::ranked_bars;
    case Atoms::neuron:
      return PanelKind::neuron_list;
    case Atoms::whole:
      return held ? PanelKind::picture : PanelKind::balance;
    default:
      return held ? PanelKind::picture : PanelKind::saliency_map;
  }
}

PanelKind of_attribution(const Element& element) {
  switch (element.atoms) {
    case Atoms::group:
      if (element.towards->stratum == Stratum::output) return PanelKind::group_table;
      return element.towards->atoms == Atoms::group ? PanelKind::ribbons : PanelKind::ranked_bars;
    case Atoms::position:
      return PanelKind::heat_map;
    case Atoms::channel:
      return PanelKind::ranked_bars;
    case Atoms::neuron:
      return PanelKind::neuron_list;
    case Atoms::whole:
      return PanelKind::balance;
  }
  return PanelKind::balance;
}

PanelKind of_activations(const Element& element) {
  switch (element.atoms) {
    case Atoms::group:
      return PanelKind::group_overlay;
    case Atoms::position:
      return PanelKind::heat_map;
    case Atoms::channel:
      return PanelKind::map_strip;
    case Atoms::neuron:
      return PanelKind::neuron_list;
    case Atoms::whole:
      return PanelKind::cube;
  }
  return PanelKind::cube;
}

bool shows_ranks(PanelKind kind) {
  return kind == PanelKind::icon_strip || kind == PanelKind::map_strip || kind == PanelKind::icon_grid;
}

}  // namespace

PanelKind kind_of(const Element& element) {
  if (element.presentation == Presentation::feature)
    return element.atoms == Atoms::position ? PanelKind::icon_grid : PanelKind::icon_strip;
  if (element.stratum == Stratum::input) return of_input(element);
  if (element.stratum == Stratum::output) return PanelKind::class_bars;
  return element.content == Content::attribution ? of_attribution(element) : of_activations(element);
}

std::vector<Panel> plan(const FigureSpec& spec) {
  if (const auto why = objection(spec.elements)) throw Error(*why, "the figure’s grammar");
  if (const BuiltIn* known = find_built_in(spec.elements))
    return {{PanelKind::view, 0, std::nullopt, known->figure}};
  std::set<std::size_t> ranks;  // elements that do nothing but rank another
  for (const Element& element : spec.elements) {
    const Filter* filter = find<Filter>(element);
    if (!filter || !shows_ranks(kind_of(element))) continue;
    const Element& by = spec.elements[std::size_t(filter->by)];
    if (by.atoms == element.atoms && by.presentation == Presentation::information)
      ranks.insert(std::size_t(filter->by));
  }
  std::vector<Panel> panels;
  for (std::size_t i = 0; i < spec.elements.size(); ++i) {
    if (ranks.contains(i)) continue;
    Panel panel{kind_of(spec.elements[i]), i, std::nullopt, {}};
    if (const Filter* filter = find<Filter>(spec.elements[i])) panel.filter = std::size_t(filter->by);
    panels.push_back(panel);
  }
  return panels;
}

}  // namespace tessera::figure
