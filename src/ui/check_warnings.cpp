#include "ui/check_warnings.h"

#include <algorithm>
#include <utility>

#include "tessera/figure/plan.h"
#include "ui/scene.h"

namespace tessera::ui {
namespace {

using check::Kind;
using check::Line;
using Layers = std::vector<std::string>;

constexpr std::size_t most_layers_named = 3;

// What of the network a view shows, as far as checks tell it apart.
struct Uses {
  Layers placed;      // layers whose cells are drawn on the picture, or as a picture
  Layers attributed;  // layers whose attributions are shown
};

void add(Layers& layers, const Layers& more) { layers.insert(layers.end(), more.begin(), more.end()); }

// The layer of what is pinned, which the picture of a view shows.
Layers pinned_layers(const Pinned& pinned) {
  Layers layers;
  if (pinned.channel) layers.push_back(pinned.channel->layer);
  if (pinned.group) layers.push_back(pinned.group->layer);
  if (pinned.place) layers.push_back(pinned.place->layer);
  return layers;
}

bool is_placed(figure::PanelKind kind) {
  switch (kind) {
    case figure::PanelKind::icon_grid:
    case figure::PanelKind::heat_map:
    case figure::PanelKind::map_strip:
    case figure::PanelKind::group_overlay:
    case figure::PanelKind::saliency_map:
    case figure::PanelKind::cube:
      return true;
    default:
      return false;
  }
}

Layers layers_of(const figure::Element& element, const Layers& shown) {
  if (element.stratum == figure::Stratum::input) return {"input"};
  if (element.stratum == figure::Stratum::output) return {};
  return element.layers.empty() ? shown : element.layers;
}

Uses uses_of_spec(const figure::FigureSpec& spec, const Layers& shown) {
  Uses uses;
  for (const figure::Element& element : spec.elements) {
    const Layers layers = layers_of(element, shown);
    if (is_placed(figure::kind_of(element))) add(uses.placed, layers);
    if (element.content != figure::Content::attribution) continue;
    add(uses.attributed, layers);
    if (element.towards && !element.towards->layer.empty()) uses.attributed.push_back(element.towards->layer);
  }
  return uses;
}

Uses uses_of(const AppState& state, const model::ModelCard& card) {
  const Layers one{state.selection.layer};
  const Layers several = names_of(shown_layers(state.selection, card));
  const Layers pinned = pinned_layers(state.selection.pinned);
  const bool maps_attributions = state.attribution.map == ChannelMap::attribution;
  switch (state.selection.view) {
    case ViewKind::overview:
      return {pinned, maps_attributions ? pinned : Layers()};
    case ViewKind::dictionary:
    case ViewKind::sheet:
      return {one, maps_attributions ? pinned : Layers()};
    case ViewKind::cube:
      return {one, {}};
    case ViewKind::grids:
      return {several, {}};
    case ViewKind::spatial:
    case ViewKind::flows:
      return {several, several};
    case ViewKind::channels:
      return {{}, several};
    case ViewKind::comparison:
      return {pinned, one};
    case ViewKind::groups:
      return {one, one};
    case ViewKind::space:
      return uses_of_spec(state.selection.spec, several);
  }
  return {};
}

bool concerns(const Line& line, const Layers& layers) {
  return line.layer.empty() ? !layers.empty() : std::ranges::find(layers, line.layer) != layers.end();
}

bool spoils(const Line& line, const Uses& uses) {
  switch (line.kind) {
    case Kind::place:
      return concerns(line, uses.placed);
    case Kind::directions:
    case Kind::differences:
    case Kind::completeness:
      return concerns(line, uses.attributed);
    default:
      return true;
  }
}

const char* clause(Kind kind) {
  switch (kind) {
    case Kind::repeat:
      return "two runs of this network differ";
    case Kind::batch:
      return "pictures in a batch change each other";
    case Kind::interpreter:
      return "LibTorch’s interpreter gets other values";
    case Kind::directions:
    case Kind::differences:
      return "derivatives are wrong";
    case Kind::completeness:
      return "integrated gradients do not add up";
    case Kind::place:
      return "cells do not look where they are drawn";
    case Kind::output:
      return "the output is not what it seems";
    case Kind::input:
      break;
  }
  return "pictures go in otherwise than in training";
}

std::string layers_text(const Layers& layers) {
  std::string text;
  for (std::size_t i = 0; i < std::min(layers.size(), most_layers_named); ++i)
    text += (i == 0 ? " (" : ", ") + layers[i];
  if (layers.size() > most_layers_named)
    text += " and " + std::to_string(layers.size() - most_layers_named) + " more";
  return text.empty() ? text : text + ")";
}

}  // namespace

std::vector<const Line*> failures_in_view(const check::Report& report, const AppState& state,
                                          const model::ModelCard& card) {
  const Uses uses = uses_of(state, card);
  std::vector<const Line*> found;
  for (const Line& line : report.lines)
    if (line.outcome == check::Outcome::failed && spoils(line, uses)) found.push_back(&line);
  return found;
}

std::string warning_text(const std::vector<const Line*>& failures) {
  std::vector<std::pair<std::string, Layers>> clauses;
  for (const Line* line : failures) {
    auto known = std::ranges::find(clauses, clause(line->kind), &std::pair<std::string, Layers>::first);
    if (known == clauses.end()) known = clauses.insert(known, {clause(line->kind), {}});
    Layers& layers = known->second;
    if (!line->layer.empty() && std::ranges::find(layers, line->layer) == layers.end())
      layers.push_back(line->layer);
  }
  std::string text = "Do not trust this view: ";
  for (std::size_t i = 0; i < clauses.size(); ++i)
    text += (i == 0 ? "" : "; ") + clauses[i].first + layers_text(clauses[i].second);
  return text;
}

}  // namespace tessera::ui
