#pragma once

#include "ui/context.h"
#include "ui/scene.h"

namespace tessera::ui {

// Two classes left and right, and between them the channels of a layer by net evidence: what they contribute
// to the one class less what they contribute to the other. Where only one class is chosen, the next likeliest
// is the other.
void comparison_view(const AppState& state, Context& context, const Rect& where);

// The two classes that it compares, of a scene that has an objective; no second one while there is no
// verdict.
ObjectiveChoice two_classes(const Scene& scene);

}  // namespace tessera::ui
