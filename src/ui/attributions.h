#pragma once

#include <memory>
#include <optional>
#include <span>
#include <string>
#include <vector>

#include "tessera/session/attribution_queries.h"
#include "ui/certainty.h"
#include "ui/scene.h"

// What views ask about attributions, by the options that they all share, and what they read off the answers.
namespace tessera::ui {

// Steps of the path that the window integrates gradients along, and of a first look at what takes long.
inline constexpr int path_steps = 20;
inline constexpr int sketch_steps = 5;

// How much the answer for a channel, a place … is wanted: what is pinned is part of the view; what is only
// under the mouse is computed when the view itself is complete.
template <class T>
engine::Visibility wanted(const std::optional<T>& pinned, const T& selected) {
  return pinned == selected ? engine::Visibility::visible : engine::Visibility::ahead;
}

// An attribution as far as it is known.
struct LayerAttribution {
  std::shared_ptr<const attribution::Attribution> value;  // null: nothing yet
  bool provisional = false;  // `value` is the linear one, shown while the path's is on its way
  engine::Progress progress;
  std::shared_ptr<const Error> error;

  Certainty certainty() const { return {provisional, progress, error}; }
};

session::Attribute attribution_query(const AppState& state, const Scene& scene, const std::string& layer,
                                     const attribution::Objective& objective);

// Asks for it, and for the linear one as long as the path's is missing: that first, where it is visible.
LayerAttribution attribution_of(const AppState& state, engine::Engine& engine, const Scene& scene,
                                const std::string& layer, const attribution::Objective& objective,
                                engine::Visibility visibility = engine::Visibility::visible);

// Every class's logit, attributed to all channels or all positions of a layer.
session::AttributeAllClasses all_classes_query(const AppState& state, const Scene& scene,
                                               const std::string& layer, const attribution::Atoms& atoms);

// What one channel or position does to every class, or, until that is there, at the picture alone (linear).
// Asks for both: one atom alone costs a tangent for each step.
struct ClassEffects {
  std::optional<std::vector<float>> values;  // one for each class
  Certainty certainty;
};
ClassEffects effects_of_channel(const AppState& state, engine::Engine& engine, const Scene& scene,
                                const ChannelRef& channel, engine::Visibility visibility);
ClassEffects effects_of_position(const AppState& state, engine::Engine& engine, const Scene& scene,
                                 const model::LayerInfo& layer, Position position,
                                 engine::Visibility visibility);

// Contribution of each channel, over the positions for which `counts` is not zero (empty: all of them).
std::vector<float> by_channel(const Cube& values, std::span<const char> counts = {});

// Contribution of each position, over all channels: an H x W x 1 cube. (Over some: session::PositionSum.)
std::shared_ptr<const Cube> by_position(const Cube& values);

// Indices by descending value; equal ones in their own order.
std::vector<int> descending(std::span<const float> values);

}  // namespace tessera::ui
