#include "ui/views/channel_ranking.h"

#include <algorithm>
#include <cmath>
#include <numeric>

namespace tessera::ui {
namespace {

void towards(const AppState& state, engine::Engine& engine, const Scene& scene,
             const attribution::Objective& objective, ChannelRanking& ranking) {
  const LayerAttribution found = attribution_of(state, engine, scene, ranking.layer->name, objective);
  ranking.progress = found.progress;
  ranking.error = found.error;
  if (!found.value || !found.value->values) return;
  ranking.attribution = found.value;
  ranking.provisional = found.provisional;
  const std::vector<char> counts = counted_positions(state.selection, *ranking.layer);
  ranking.of_everything = counts.empty();
  ranking.contribution = by_channel(*found.value->values, counts);
}

// One sweep forward from the one channel; at the picture, as nothing lies between to take a path through.
void fed_by(const AppState& state, engine::Engine& engine, const Scene& scene, const ChannelRef& channel,
            ChannelRanking& ranking) {
  attribution::LayerToLayerRequest request;
  request.layer = channel.layer;
  request.atoms = attribution::ChosenChannels{{channel.channel}};
  request.other = ranking.layer->name;
  request.other_atoms = attribution::AllChannels{};
  request.rules = state.attribution.rules;
  const auto answer = engine.ask(session::LayerToLayer{scene.model, scene.image, request});
  ranking.progress = answer.progress;
  ranking.error = answer.error;
  if (!answer.ready()) return;
  const attribution::Effects& effects = answer.value->effects;
  ranking.contribution.resize(effects.targets);
  for (std::size_t i = 0; i < effects.targets; ++i) ranking.contribution[i] = effects.at(i, 0);
}

}  // namespace

std::vector<char> counted_positions(const Selection& selection, const model::LayerInfo& layer) {
  const auto& place = selection.place();
  if (!place && !selection.pinned.region) return {};
  std::vector<char> counts(std::size_t(layer.height) * std::size_t(layer.width), 0);
  if (!place) {
    for (std::size_t i = 0; i < counts.size(); ++i) {
      const Position cell{int(i) / layer.width, int(i) % layer.width};
      counts[i] = holds(*selection.pinned.region, cell, layer.height, layer.width) ? 1 : 0;
    }
    return counts;
  }
  const Position cell = cell_of(*place, layer.height, layer.width);
  counts[std::size_t(cell.y) * std::size_t(layer.width) + std::size_t(cell.x)] = 1;
  return counts;
}

float ChannelRanking::total() const {
  return std::accumulate(contribution.begin(), contribution.end(), 0.0f);
}

float ChannelRanking::reach() const {
  float reach = 0;
  for (const float value : contribution) reach = std::max(reach, std::abs(value));
  return reach;
}

ChannelRanking channel_ranking(const AppState& state, engine::Engine& engine, const Scene& scene,
                               const model::LayerInfo& layer) {
  ChannelRanking ranking;
  ranking.layer = &layer;
  const auto& pinned = state.selection.pinned.channel;
  ranking.is_pinned_layer = pinned && pinned->layer == layer.name;
  if (pinned && !ranking.is_pinned_layer) {
    if (scene.card->is_before(layer.name, pinned->layer))
      towards(state, engine, scene, attribution::ChannelSum{pinned->layer, pinned->channel}, ranking);
    else
      fed_by(state, engine, scene, *pinned, ranking);
  } else if (scene.objective) {
    towards(state, engine, scene, objective_of(*scene.objective), ranking);
  }
  ranking.order = descending(ranking.contribution);
  return ranking;
}

}  // namespace tessera::ui
