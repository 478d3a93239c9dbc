#pragma once

#include <string>

#include "ui/context.h"

namespace tessera::ui {

// The head of a view: its title, one line about what is shown, a rule. Choices stand right-aligned in the
// title's line, an aside in the second. Returns what is left for the view.
// `second_share`: of the width that the second line may take, where an aside needs the rest.
Rect view_header(Context& context, const Rect& where, const std::string& title, const std::string& subtitle,
                 float second_share = 1);

// Where the choices and the aside begin, from above.
float view_header_choices(const Context& context, const Rect& where);
float view_header_aside(const Context& context, const Rect& where);

}  // namespace tessera::ui
