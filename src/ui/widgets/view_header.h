#pragma once

#include <string>

#include "ui/context.h"

namespace tessera::ui {

// What stands in a view's head beside its title.
enum class HeaderWith {
  nothing,
  choices,           // in the title's line
  choices_and_more,  // and further ones in the second line
  choices_and_badge  // and a line about trust there, which is drawn in files too
};

// The head of a view: its title, one line about what is shown, a rule. Choices stand right-aligned beside
// these; in half a stage there is no room for that, and they come beneath in lines of their own. Returns what
// is left for the view.
Rect view_header(Context& context, const Rect& where, const std::string& title, const std::string& subtitle,
                 HeaderWith with = HeaderWith::nothing);

// Where the choices, and what goes with them in the second line, begin from above.
float view_header_choices(const Context& context, const Rect& where);
float view_header_aside(const Context& context, const Rect& where);

}  // namespace tessera::ui
