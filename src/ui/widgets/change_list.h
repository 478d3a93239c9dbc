#pragma once

#include <span>

#include "ui/scene.h"

namespace tessera::ui {

// The likeliest classes, and how each changes without something: what is predicted (`predicted`, one value
// for each class) as an outline, and what the network really does (`actual`; empty while it is on its way) as
// a bar and a number. One scale for both. At the cursor.
void change_list(Context& context, const Scene& scene, std::span<const float> predicted,
                 std::span<const float> actual, int rows, float bar_width);

}  // namespace tessera::ui
