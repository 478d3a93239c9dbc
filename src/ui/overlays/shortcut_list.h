#pragma once

#include "ui/context.h"

namespace tessera::ui {

void shortcut_list(Context& context, const Rect& window);

}  // namespace tessera::ui
