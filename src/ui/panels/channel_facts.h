#pragma once

#include "ui/scene.h"

namespace tessera::ui {

// One channel: its icon, what its values are like, what it contributes.
void channel_facts(const AppState& state, Context& context, const Scene& scene, const ChannelRef& channel);

// The same in three lines, without the icon.
void brief_channel_facts(const AppState& state, Context& context, const Scene& scene,
                         const ChannelRef& channel);

}  // namespace tessera::ui
