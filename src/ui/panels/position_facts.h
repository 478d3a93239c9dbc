#pragma once

#include <span>
#include <vector>

#include "ui/scene.h"

namespace tessera::ui {

// One position: the channels that fire most strongly there, as icons with bars.
void position_facts(const AppState& state, Context& context, const Scene& scene, const Place& place);

// The `count` channels with the greatest values, greatest first.
std::vector<int> strongest_channels(std::span<const float> activation_vector, int count);

}  // namespace tessera::ui
