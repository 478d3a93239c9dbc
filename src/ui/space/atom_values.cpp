#include "ui/space/atom_values.h"

#include <algorithm>
#include <cmath>
#include <functional>
#include <numeric>
#include <optional>

#include "ui/attributions.h"
#include "ui/groups.h"
#include "ui/space/target.h"
#include "ui/widgets/layer_grid.h"

namespace tessera::ui {
namespace {

using figure::Atoms;
using figure::Content;
using figure::Element;
using session::LayerGroups;

// How much of a neuron counts, by its position and channel.
using Weight = std::function<float(std::size_t position, int channel)>;

std::vector<float> weighted(const Cube& cube, Atoms atoms, const Weight& weight) {
  std::vector<float> values(atoms == Atoms::channel    ? std::size_t(cube.channels)
                            : atoms == Atoms::position ? cube.positions()
                                                       : cube.values.size());
  for (std::size_t position = 0; position < cube.positions(); ++position)
    for (int channel = 0; channel < cube.channels; ++channel) {
      const std::size_t neuron = position * std::size_t(cube.channels) + std::size_t(channel);
      const float value = cube.values[neuron] * weight(position, channel);
      values[atoms == Atoms::channel    ? std::size_t(channel)
             : atoms == Atoms::position ? position
                                        : neuron] += value;
    }
  return values;
}

// The atom of the filtering element that is selected in a layer, as how much of each neuron it has.
struct Chosen {
  std::optional<std::size_t> position;
  std::optional<int> channel;
  std::optional<int> group;
  std::shared_ptr<const LayerGroups> groups;
  Certainty certainty = {};  // of the choice

  std::string name(const model::LayerInfo& layer) const {
    if (channel) return "channel " + std::to_string(*channel);
    if (group) return "group " + std::to_string(*group + 1);
    const std::size_t width = std::size_t(layer.width);
    return "at " + std::to_string(*position / width) + ", " + std::to_string(*position % width);
  }

  Weight weight() const {
    if (position) return [at = *position](std::size_t p, int) { return p == at ? 1.0f : 0.0f; };
    if (channel) return [at = *channel](std::size_t, int c) { return c == at ? 1.0f : 0.0f; };
    const auto direction = groups->factorization.directions.row(*group);
    const factorization::Matrix& maps = groups->factorization.maps;
    float most_direction = 0, most_map = 0;
    for (const float value : direction) most_direction = std::max(most_direction, std::abs(value));
    for (int p = 0; p < maps.rows; ++p) most_map = std::max(most_map, std::abs(maps.at(p, *group)));
    const float most = most_direction * most_map;
    return [most, all = groups, index = *group](std::size_t p, int c) {
      return most > 0 ? all->factorization.maps.at(int(p), index) *
                            all->factorization.directions.at(index, c) / most
                      : 0.0f;
    };
  }
};

std::optional<Chosen> chosen_by(const PanelScene& panels, std::size_t by, const model::LayerInfo& layer) {
  const Selection& selection = panels.state.selection;
  const Element& element = panels.element(by);
  Chosen chosen;
  if (element.atoms == Atoms::position) {
    const auto activations = activations_of(panels.scene, panels.context.engine, layer.name);
    if (!activations) return std::nullopt;
    const auto& place = selection.place();
    const Position cell =
        place ? cell_of(*place, layer.height, layer.width) : most_active(*activations->cube);
    chosen.position = std::size_t(cell.y) * std::size_t(layer.width) + std::size_t(cell.x);
    return chosen;
  }
  const auto of_layer = selection.channel_in(layer.name);
  if (element.atoms == Atoms::channel && of_layer && *of_layer < layer.channels) {
    chosen.channel = *of_layer;
    return chosen;
  }
  const AtomValues known = values_of(panels, by, layer);
  const std::vector<int> first = first_atoms(element, known, 1);
  if (first.empty()) return std::nullopt;
  chosen.certainty = known.certainty();
  if (element.atoms == Atoms::channel) {
    chosen.channel = first.front();
    return chosen;
  }
  chosen.groups = known.groups;
  const auto& group = selection.group();
  const bool selected = group && group->layer == layer.name && group->group < known.groups->groups();
  chosen.group = selected ? group->group : first.front();
  if (selected) chosen.certainty = {};
  return chosen;
}

// Of groups: in proportion to their maps there, or to what they have of the channel.
float share_of(const LayerGroups& groups, int group, const Chosen& chosen) {
  if (chosen.position) return groups.factorization.maps.at(int(*chosen.position), group);
  if (chosen.channel) return groups.factorization.directions.at(group, *chosen.channel);
  return group == *chosen.group ? 1.0f : 0.0f;
}

void contributions_of_groups(const PanelScene& panels, const Element& element, AtomValues& known) {
  const KnownTarget target = target_of(panels, element);
  known.text = target.text;
  if (target.error) known.error = target.error;
  if (!target.objective) return;
  if (element.towards->stratum == figure::Stratum::output) {
    const GroupEffects effects = effects_of_groups(panels.state, panels.context.engine, known.groups);
    if (effects.error) known.error = effects.error;
    if (!effects.value || !panels.scene.objective) return;
    known.values = contributions_to(*effects.value, *panels.scene.objective).groups;
    known.provisional = effects.provisional;
    known.progress = effects.progress;
    return;
  }
  const bool path = panels.state.attribution.method == AttributionMethod::path;
  const session::Gradient query{panels.scene.model, panels.scene.image,    known.layer->name,
                                *target.objective,  path ? path_steps : 0, panels.state.attribution.rules};
  const auto answer = panels.context.engine.ask(query);
  known.progress = answer.progress;
  if (answer.error) known.error = answer.error;
  if (!answer.ready()) return;
  // ⟨G, gradient⟩ with G = map ⊗ direction.
  const Cube& gradient = *answer.value->gradient;
  const factorization::Factorization& found = known.groups->factorization;
  for (int group = 0; group < known.groups->groups(); ++group) {
    double sum = 0;
    for (int p = 0; p < found.maps.rows; ++p) {
      const float map = found.maps.at(p, group);
      if (map == 0) continue;
      double along = 0;
      for (int c = 0; c < gradient.channels; ++c)
        along += double(found.directions.at(group, c)) *
                 double(gradient.values[std::size_t(p) * std::size_t(gradient.channels) + std::size_t(c)]);
      sum += double(map) * along;
    }
    known.values.push_back(float(sum));
  }
}

void values_of_groups(const PanelScene& panels, const Element& element, AtomValues& known) {
  const KnownGroups groups = groups_of(panels.state, panels.context, panels.scene, known.layer->name);
  known.groups = groups.value;
  known.progress = groups.progress;
  known.error = groups.error;
  if (!groups.value) return;
  if (element.content == Content::activations)
    for (const double magnitude : groups.value->magnitudes) known.values.push_back(float(magnitude));
  else if (groups.settled)
    contributions_of_groups(panels, element, known);
}

// The numbers behind all other atoms: activations, or contributions of single neurons.
std::shared_ptr<const Cube> cube_of(const PanelScene& panels, const Element& element, AtomValues& known) {
  if (element.content == Content::activations) {
    const auto answer = panels.context.engine.ask(
        session::Activations{panels.scene.model, panels.scene.image, known.layer->name});
    known.progress = answer.progress;
    known.error = answer.error;
    return answer.value ? answer.value->cube : nullptr;
  }
  const KnownTarget target = target_of(panels, element);
  known.text = target.text;
  known.error = target.error;
  if (!target.objective) return nullptr;
  const LayerAttribution found =
      attribution_of(panels.state, panels.context.engine, panels.scene, known.layer->name, *target.objective);
  known.progress = found.progress;
  known.error = found.error;
  known.provisional = found.provisional;
  known.attribution = found.value;
  return found.value ? found.value->values : nullptr;
}

std::vector<float> unfiltered(const Element& element, const Cube& cube) {
  const bool held = element.content == Content::activations;
  switch (element.atoms) {
    case Atoms::channel: {
      std::vector<float> sums = by_channel(cube);
      if (held)
        for (float& sum : sums) sum /= float(std::max<std::size_t>(1, cube.positions()));
      return sums;
    }
    case Atoms::position:
      return held ? magnitudes(cube) : by_position(cube)->values;
    case Atoms::whole:
      return {held ? length_of(cube.values) : std::accumulate(cube.values.begin(), cube.values.end(), 0.0f)};
    default:
      return cube.values;
  }
}

}  // namespace

float AtomValues::reach() const {
  float most = 0;
  for (const float value : values) most = std::max(most, std::abs(value));
  return most;
}

namespace {

// Values of what was chosen by provisional ones may be of something else in the end.
void take_over(const Certainty& certainty, AtomValues& known) {
  if (!certainty.provisional || known.provisional) return;
  known.provisional = true;
  known.progress = certainty.progress;
}

}  // namespace

AtomValues values_of(const PanelScene& panels, std::size_t index, const model::LayerInfo& layer) {
  const Element& element = panels.element(index);
  const figure::Filter* filter = figure::find<figure::Filter>(element);
  if (filter && panels.element(std::size_t(filter->by)).atoms == element.atoms)
    return values_of(panels, std::size_t(filter->by), layer);
  AtomValues known;
  known.layer = &layer;
  known.is_signed = element.content == Content::attribution;
  std::optional<Chosen> chosen;
  if (filter) {
    chosen = chosen_by(panels, std::size_t(filter->by), layer);
    if (!chosen) return known;
    known.chosen = chosen->name(layer);
  }
  if (element.atoms == Atoms::group) {
    values_of_groups(panels, element, known);
    if (chosen)
      for (std::size_t i = 0; i < known.values.size(); ++i)
        known.values[i] *= share_of(*known.groups, int(i), *chosen);
    if (chosen) take_over(chosen->certainty, known);
    return known;
  }
  const auto cube = cube_of(panels, element, known);
  if (!cube) return known;
  known.is_signed =
      known.is_signed || std::ranges::any_of(cube->values, [](float value) { return value < 0; });
  known.values = chosen ? weighted(*cube, element.atoms, chosen->weight()) : unfiltered(element, *cube);
  if (!chosen && element.content == Content::activations && element.atoms == Atoms::position)
    known.is_signed = false;  // lengths
  if (chosen) take_over(chosen->certainty, known);
  return known;
}

LayersOfValues values_of(const PanelScene& panels, std::size_t element,
                         const std::vector<const model::LayerInfo*>& layers) {
  LayersOfValues known;
  for (const model::LayerInfo* layer : layers) {
    known.layers.push_back(values_of(panels, element, *layer));
    known.reach = std::max(known.reach, known.layers.back().reach());
  }
  return known;
}

std::vector<int> first_atoms(const Element& element, const AtomValues& known, int most) {
  if (const figure::Top* top = figure::find<figure::Top>(element)) most = std::min(most, top->count);
  std::vector<int> order(known.values.size());
  std::iota(order.begin(), order.end(), 0);
  const figure::Sort* sort = figure::find<figure::Sort>(element);
  const figure::SortBy by = sort ? sort->by : figure::SortBy::value;
  const std::size_t count = std::min(order.size(), std::size_t(std::max(0, most)));
  const auto rank = [&](int atom) {
    const float value = known.values[std::size_t(atom)];
    return by == figure::SortBy::magnitude ? std::abs(value) : value;
  };
  if (by != figure::SortBy::index)
    std::partial_sort(order.begin(), order.begin() + std::ptrdiff_t(count), order.end(),
                      [&](int a, int b) { return rank(a) != rank(b) ? rank(a) > rank(b) : a < b; });
  order.resize(count);
  return order;
}

}  // namespace tessera::ui
