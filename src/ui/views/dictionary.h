#pragma once

#include "ui/context.h"

namespace tessera::ui {

// The semantic dictionary: the activation vector at a position of the picture as icons sorted by activation
// with bars, and as a whole as one icon. Without a position, that of the greatest activity.
void dictionary_view(const AppState& state, Context& context, const Rect& where);

}  // namespace tessera::ui
