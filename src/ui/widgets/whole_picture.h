#pragma once

#include "ui/scene.h"

namespace tessera::ui {

// One line on what the network sees of the picture: "The network sees 224 × 224 of 451 × 300 pixels".
// Hovered, the picture in its true aspect with that part in full light. Returns its height.
float whole_picture_caption(const AppState& state, Context& context, const Scene& scene, ImVec2 at,
                            float width);

}  // namespace tessera::ui
