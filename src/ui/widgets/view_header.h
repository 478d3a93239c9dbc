#pragma once

#include <string>

#include "ui/context.h"

namespace tessera::ui {

// The head of a view: its title, one line about what is shown, a rule. Choices stand right-aligned in the
// title's line, an aside in the second. Returns what is left for the view.
Rect view_header(Context& context, const Rect& where, const std::string& title, const std::string& subtitle);

// Where the choices and the aside begin, from above.
float view_header_choices(const Context& context, const Rect& where);
float view_header_aside(const Context& context, const Rect& where);

}  // namespace tessera::ui
