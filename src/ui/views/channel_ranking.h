#pragma once

#include <memory>
#include <string>
#include <vector>

#include "ui/attributions.h"
#include "ui/scene.h"

namespace tessera::ui {

// What a layer's channels contribute, as far as it is known.
struct ChannelRanking {
  const model::LayerInfo* layer = nullptr;
  std::vector<float> contribution;                              // one for each channel; empty: nothing yet
  std::vector<int> order;                                       // channels by descending contribution
  bool provisional = false;                                     // linear, while the path's is on its way
  bool of_everything = true;                                    // over all positions: the sum below is theirs
  bool is_pinned_layer = false;                                 // the layer of the channel that is explained
  std::shared_ptr<const attribution::Attribution> attribution;  // null for what a channel feeds
  engine::Progress progress;
  std::shared_ptr<const Error> error;

  Certainty certainty() const { return {provisional, progress, error}; }
  float total() const;
  float reach() const;  // the largest magnitude
};

// Which of a layer's positions count, 1 or 0 for each: those the selection points at; empty, all, where it
// points at none.
std::vector<char> counted_positions(const Selection& selection, const model::LayerInfo& layer);

// Of one layer, by the selection: towards the objective, or towards or from the pinned channel; over all
// positions, or at the hovered or pinned place alone.
ChannelRanking channel_ranking(const AppState& state, engine::Engine& engine, const Scene& scene,
                               const model::LayerInfo& layer);

}  // namespace tessera::ui
