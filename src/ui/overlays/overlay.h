#pragma once

#include <functional>
#include <string>

#include "ui/context.h"

namespace tessera::ui {

// A sheet of paper over the middle of the window with a title and a way to close it; a click beside it closes
// it too. `content` draws at the cursor within the given width (unscaled pixels).
void overlay_panel(Context& context, const std::string& name, const std::string& title, float width,
                   float height, const Rect& window, const std::function<void()>& content);

}  // namespace tessera::ui
