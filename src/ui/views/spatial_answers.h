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

// Position-to-class attributions of a layer, as far as they are known: the path's, else those by a few of its
// steps.
struct PositionClasses {
  std::shared_ptr<const attribution::AllClasses> value;
  std::string key;  // of the query that answered
  bool provisional = false;
  engine::Progress progress;
  std::shared_ptr<const Error> error;

  Certainty certainty() const { return {provisional, progress, error, StandIn::few_steps}; }
};

// Of all shown layers, in their order. The last one's are to all classes, as the hues are made of them; the
// others' to the classes that they are fitted to and those in question. Asks for the last layer first, and on
// screen for a first look at each before the rest of any.
std::vector<PositionClasses> position_classes(const AppState& state, Context& context, const Scene& scene);

// To further classes; nothing while it is on its way.
std::shared_ptr<const attribution::AllClasses> further_classes(const AppState& state, Context& context,
                                                               const Scene& scene,
                                                               const model::LayerInfo& layer,
                                                               std::vector<int> classes,
                                                               engine::Visibility visibility);

// How many classes stand for a hue, and which: indices into the factors' classes, by descending weight.
inline constexpr int classes_listed = 5;
std::vector<std::size_t> strongest_classes(const session::SaliencyFactors& saliency, int factor);

// The hues, of the layers that are known so far; nothing until the last one is.
std::shared_ptr<const session::SaliencyFactors> saliency_of(const AppState& state, engine::Engine& engine,
                                                            const Scene& scene,
                                                            const std::vector<PositionClasses>& known);

// A map over a layer's positions, at most 1, at least 0: what a cell of one layer has to do with the cells of
// another, or where a class or a factor counts on. Nothing while it is on its way.
struct InfluenceMap {
  std::vector<float> strength;  // H·W
  bool influences = true;       // the layer influences the cell; false: it is influenced by it
};
std::optional<InfluenceMap> influence_of_place(const AppState& state, engine::Engine& engine,
                                               const Scene& scene, const model::LayerInfo& layer,
                                               const Place& place);
std::optional<std::vector<float>> map_of_class(const attribution::AllClasses* known, int class_index);

// What cancelling the checkerboard adds to the objective's map of a layer: H·W values, empty while on its
// way.
std::vector<float> checkerboard_difference(const AppState& state, engine::Engine& engine, const Scene& scene,
                                           const model::LayerInfo& layer);

}  // namespace tessera::ui
