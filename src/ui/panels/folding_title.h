#pragma once

#include <string_view>

#include "ui/context.h"

namespace tessera::ui {

inline constexpr float folding_title_height = 29;  // unscaled pixels

// The title of a section of the rail at the cursor, with a triangle before it in the margin: a click folds
// the section or opens it again, and stays remembered. `aside` stands right-aligned, muted, and leaves
// `free_right`, in screen pixels, to what else the line has. Returns whether the section is open.
bool folding_title(const AppState& state, Context& context, RailSection section, std::string_view title,
                   std::string_view aside, float free_right = 0);

}  // namespace tessera::ui
