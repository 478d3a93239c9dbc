#include "ui/selected_atom.h"

#include <utility>

#include "ui/attributions.h"
#include "ui/groups.h"

namespace tessera::ui {
namespace {

attribution::Atoms atom_of(const session::LayerGroups& groups, int group) {
  return attribution::GroupCubes{{session::atoms_of(groups)[std::size_t(group)]}, false};
}

}  // namespace

std::optional<SelectedAtom> selected_atom(const AppState& state, Context& context, const Scene& scene) {
  if (const auto& channel = state.selection.channel()) {
    ClassEffects effects = effects_of_channel(state, context.engine, scene, *channel,
                                              wanted(state.selection.pinned.channel, *channel));
    return SelectedAtom{"channel " + std::to_string(channel->channel), channel->layer,
                        attribution::ChosenChannels{{channel->channel}}, std::move(effects.values),
                        std::move(effects.certainty)};
  }
  if (const auto group = selected_group(state, context, scene)) {
    const GroupEffects known = effects_of_groups(state, context.engine, group->groups);
    SelectedAtom atom{"group " + std::to_string(group->ref.group + 1), group->ref.layer,
                      atom_of(*group->groups, group->ref.group), std::nullopt, known.certainty()};
    if (known.value) atom.effects = effects_of_group(*known.value, group->ref.group);
    return atom;
  }
  const auto& place = state.selection.place();
  const model::LayerInfo* layer = place ? scene.card->find_layer(place->layer) : nullptr;
  if (!layer) return std::nullopt;
  const Position cell = cell_of(*place, layer->height, layer->width);
  ClassEffects effects = effects_of_position(state, context.engine, scene, *layer, cell,
                                             wanted(state.selection.pinned.place, *place));
  return SelectedAtom{"this position", layer->name, attribution::ChosenPositions{{{cell.y, cell.x}}},
                      std::move(effects.values), std::move(effects.certainty)};
}

bool has_pinned_atom(const Selection& selection) {
  const Pinned& pinned = selection.pinned;
  return pinned.channel || !pinned.picked.channels.empty() || pinned.group || pinned.place;
}

std::shared_ptr<const session::Removal> pinned_removal(const AppState& state, Context& context,
                                                       const Scene& scene) {
  const std::optional<ChannelRef>& channel = state.selection.pinned.channel;
  const std::optional<GroupRef>& group = state.selection.pinned.group;
  const std::optional<Place>& place = state.selection.pinned.place;
  if (channel)
    return session::removal_of(channel->layer, attribution::ChosenChannels{{channel->channel}},
                               "channel " + std::to_string(channel->channel) + " of " + channel->layer);
  if (const PickedChannels& picked = state.selection.pinned.picked; !picked.channels.empty())
    return session::removal_of(
        picked.layer, attribution::ChosenChannels{picked.channels},
        std::to_string(picked.channels.size()) + " picked channels of " + picked.layer);
  if (group) {
    if (!scene.card->find_layer(group->layer)) return nullptr;
    const KnownGroups known = groups_of(state, context, scene, group->layer);
    if (!known.settled || !known.value || group->group >= known.value->groups()) return nullptr;
    return session::removal_of(group->layer, atom_of(*known.value, group->group),
                               "group " + std::to_string(group->group + 1) + " of " + group->layer);
  }
  const model::LayerInfo* layer = place ? scene.card->find_layer(place->layer) : nullptr;
  if (!layer) return nullptr;
  const Position cell = cell_of(*place, layer->height, layer->width);
  return session::removal_of(
      layer->name, attribution::ChosenPositions{{{cell.y, cell.x}}},
      "row " + std::to_string(cell.y) + ", column " + std::to_string(cell.x) + " of " + layer->name);
}

}  // namespace tessera::ui
