#pragma once

#include <span>
#include <vector>

#include "tessera/session/queries.h"
#include "ui/context.h"

namespace tessera::ui {

// One position: the channels that fire most strongly there, as small maps with bars.
void position_facts(const AppState& state, Context& context, const session::LayerActivations& activations,
                    Position position);

// The `count` channels with the greatest values, greatest first.
std::vector<int> strongest_channels(std::span<const float> activation_vector, int count);

}  // namespace tessera::ui
