#pragma once

#include <string>

#include "ui/certainty.h"
#include "ui/context.h"

namespace tessera::ui {

// One line of a table of facts: a muted name to the left, the value right-aligned.
void fact(Context& context, const std::string& name, const std::string& value,
          const Certainty& certainty = {});

}  // namespace tessera::ui
