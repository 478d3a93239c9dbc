#pragma once

#include <span>

#include "ui/certainty.h"
#include "ui/scene.h"

namespace tessera::ui {

// The likeliest classes, and how each changes without something: what is predicted (`predicted`, one value
// for each class, as certain as `of_predicted` says) as an outline, and what the network really does
// (`actual`; empty while it is on its way) as a bar and a number. One scale for both. At the cursor.
void change_list(Context& context, const Scene& scene, std::span<const float> predicted,
                 const Certainty& of_predicted, std::span<const float> actual, int rows, float bar_width);

}  // namespace tessera::ui
