#pragma once

#include "ui/scene.h"

namespace tessera::ui {

// The hovered channel's icon enlarged beside the mouse, with what is known of the channel: layer and index,
// activation, contribution to the objective, and how good the icon is.
void hover_card(const AppState& state, Context& context, const Scene& scene, const ChannelRef& channel);

}  // namespace tessera::ui
