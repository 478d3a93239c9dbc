#pragma once

#include "tessera/session/queries.h"
#include "ui/context.h"

namespace tessera::ui {

// One channel: its map, and what its values are like.
void channel_facts(const AppState& state, Context& context, const session::LayerActivations& activations,
                   int channel);

}  // namespace tessera::ui
