#pragma once

#include "tessera/session/queries.h"
#include "ui/context.h"

namespace tessera::ui {

// The picture as the network sees it, with the selected channel's heat map laid over it and a numbered colour
// bar beneath; hover and click select positions. `activations` may be null while they are on their way.
// Returns the height.
float image_panel(const AppState& state, Context& context, const std::shared_ptr<const image::Fitted>& seen,
                  const session::LayerActivations* activations, ImVec2 at, float width);

}  // namespace tessera::ui
