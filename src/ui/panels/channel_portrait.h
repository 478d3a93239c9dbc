#pragma once

#include "ui/scene.h"

namespace tessera::ui {

inline constexpr float portrait_side = 196;  // unscaled pixels, of the icon of what is inspected

// What tells whether a channel means one thing: the icon of what makes it small, four icons that are made to
// differ, the places of the picture where it fires most, and the earlier channels that its weights draw on.
void channel_portrait(const AppState& state, Context& context, const Scene& scene, const ChannelRef& channel);

}  // namespace tessera::ui
