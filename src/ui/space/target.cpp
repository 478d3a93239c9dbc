#include "ui/space/target.h"

#include <algorithm>
#include <cmath>

#include "ui/groups.h"
#include "ui/widgets/layer_grid.h"

namespace tessera::ui {
namespace {

using figure::Atoms;

// The layer of the pinned atom of that kind.
std::string pinned_layer(const Pinned& pinned, Atoms atoms) {
  if (atoms == Atoms::group) return pinned.group ? pinned.group->layer : std::string();
  if (atoms == Atoms::position) return pinned.place ? pinned.place->layer : std::string();
  return pinned.channel ? pinned.channel->layer : std::string();
}

bool is_useful(const PanelScene& panels, const figure::Element& element, const model::LayerInfo* layer) {
  if (!layer || layer->kind == model::LayerKind::input || layer->name == "input") return false;
  if (element.stratum == figure::Stratum::input) return true;
  const auto shown = hidden_layers(panels.scene);
  return std::ranges::any_of(shown, [&](const model::LayerInfo* each) { return each < layer; });
}

// Where a channel is strongest.
Position strongest_in(const Cube& cube, int channel) {
  Position best;
  for (int y = 0; y < cube.height; ++y)
    for (int x = 0; x < cube.width; ++x)
      if (cube.at(y, x, channel) > cube.at(best.y, best.x, channel)) best = {y, x};
  return best;
}

KnownTarget group_target(const PanelScene& panels, const std::string& layer) {
  KnownTarget target;
  const KnownGroups known = groups_of(panels.state, panels.context, panels.scene, layer);
  target.error = known.error;
  if (!known.value || !known.settled) return target;
  const session::LayerGroups& groups = *known.value;
  const auto& pinned = panels.state.selection.pinned.group;
  const bool is_pinned = pinned && pinned->layer == layer && pinned->group < groups.groups();
  const int group = is_pinned ? pinned->group
                              : int(std::ranges::max_element(groups.magnitudes) - groups.magnitudes.begin());
  attribution::GroupActivation objective{layer, {}, {}};
  for (int y = 0; y < groups.height; ++y)
    for (int x = 0; x < groups.width; ++x) objective.map.push_back(groups.maps->at(y, x, group));
  const auto direction = groups.factorization.directions.row(group);
  objective.direction.assign(direction.begin(), direction.end());
  target.objective = std::move(objective);
  target.text = "group " + std::to_string(group + 1) + " of " + layer;
  return target;
}

std::string at_text(Position cell) {
  return " at row " + std::to_string(cell.y) + ", column " + std::to_string(cell.x);
}

}  // namespace

int channel_in_question(const Selection& selection, const session::LayerActivations& activations,
                        const std::string& layer) {
  const auto pinned = selection.pinned_in(layer);
  return pinned && *pinned < activations.cube->channels ? *pinned : activations.by_mean.front();
}

const model::LayerInfo* target_layer(const PanelScene& panels, const figure::Element& element) {
  const figure::Target& towards = *element.towards;
  if (towards.stratum != figure::Stratum::hidden) return nullptr;
  if (!towards.layer.empty()) return panels.scene.card->find_layer(towards.layer);
  const std::string pinned = pinned_layer(panels.state.selection.pinned, towards.atoms);
  const model::LayerInfo* of_pinned = pinned.empty() ? nullptr : panels.scene.card->find_layer(pinned);
  if (is_useful(panels, element, of_pinned)) return of_pinned;
  const auto shown = hidden_layers(panels.scene);
  if (shown.empty()) return nullptr;
  return element.stratum == figure::Stratum::input ? shown.front() : shown.back();
}

KnownTarget target_of(const PanelScene& panels, const figure::Element& element) {
  const Scene& scene = panels.scene;
  const figure::Target& towards = *element.towards;
  if (towards.stratum == figure::Stratum::output) {
    if (!scene.objective) return {};
    return {objective_of(*scene.objective), text_of(scene, *scene.objective), nullptr};
  }
  const model::LayerInfo* layer = target_layer(panels, element);
  if (!layer) return {};
  if (towards.atoms == Atoms::group) return group_target(panels, layer->name);
  const auto activations = activations_of(scene, panels.context.engine, layer->name);
  if (!activations) return {};
  const Cube& cube = *activations->cube;
  const auto& place = panels.state.selection.pinned.place;
  const std::string of = " of " + layer->name;
  if (towards.atoms == Atoms::position) {
    const Position cell = place ? cell_of(*place, cube.height, cube.width) : most_active(cube);
    return {attribution::PositionNorm{layer->name, cell.y, cell.x}, "the position" + of + at_text(cell),
            nullptr};
  }
  const int channel = channel_in_question(panels.state.selection, *activations, layer->name);
  const std::string text = "channel " + std::to_string(channel) + of;
  if (towards.atoms == Atoms::channel) return {attribution::ChannelSum{layer->name, channel}, text, nullptr};
  const Position cell = place ? cell_of(*place, cube.height, cube.width) : strongest_in(cube, channel);
  return {attribution::Neuron{layer->name, cell.y, cell.x, channel}, text + at_text(cell), nullptr};
}

}  // namespace tessera::ui
