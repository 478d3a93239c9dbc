#pragma once

#include <string>

#include "tessera/session/ask_groups.h"
#include "ui/context.h"

namespace tessera::ui {

// How many groups, from 1 to `last`, on an axis beneath the curve of what they leave unexplained, whose knee
// is marked. Returns the chosen number. Marked under `name`. Only shows it where Context::shown has no
// controls.
int k_slider(Context& context, const std::string& name, const session::KCurve& curve, int k, int last,
             const Rect& where);

}  // namespace tessera::ui
