#pragma once

#include <cstddef>
#include <memory>
#include <optional>
#include <string>
#include <vector>

#include "tessera/session/saliency_queries.h"
#include "ui/attributions.h"

namespace tessera::ui {

// What the spatial view asks, for the layers that are shown.

// Position-to-class attributions of a layer, as far as they are known: the path's, else the linear ones.
struct PositionClasses {
  std::shared_ptr<const attribution::AllClasses> value;
  std::string key;  // of the query that answered
  bool provisional = false;
  engine::Progress progress;
  std::shared_ptr<const Error> error;

  Certainty certainty() const { return {provisional, progress, error}; }
};
PositionClasses position_classes(const AppState& state, engine::Engine& engine, const Scene& scene,
                                 const model::LayerInfo& layer);

// How many classes stand for a hue, and which: indices into the factors' classes, by descending weight.
inline constexpr int classes_listed = 5;
std::vector<std::size_t> strongest_classes(const session::SaliencyFactors& saliency, int factor);

// The hues: nothing until every shown layer is there.
std::shared_ptr<const session::SaliencyFactors> saliency_of(const AppState& state, engine::Engine& engine,
                                                            const Scene& scene);

// A map over a layer's positions, at most 1, at least 0: what a cell of one layer has to do with the cells of
// another, or where a class or a factor counts on. Nothing while it is on its way.
struct InfluenceMap {
  std::vector<float> strength;  // H·W
  bool influences = true;       // the layer influences the cell; false: it is influenced by it
};
std::optional<InfluenceMap> influence_of_place(const AppState& state, engine::Engine& engine,
                                               const Scene& scene, const model::LayerInfo& layer,
                                               const Place& place);
std::optional<std::vector<float>> map_of_class(const PositionClasses& known, int class_index);

// What cancelling the checkerboard adds to the objective's map of a layer: H·W values, empty while on its
// way.
std::vector<float> checkerboard_difference(const AppState& state, engine::Engine& engine, const Scene& scene,
                                           const model::LayerInfo& layer);

}  // namespace tessera::ui
