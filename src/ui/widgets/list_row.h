#pragma once

#include <string>

#include "ui/context.h"

namespace tessera::ui {

// A clickable line over the whole width with an aside in small type at its end, marked under `name`. True
// when clicked.
bool list_row(Context& context, const std::string& name, const std::string& text, const std::string& aside,
              ImU32 color);

}  // namespace tessera::ui
