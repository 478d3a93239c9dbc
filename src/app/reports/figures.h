#pragma once

#include <string>

#include "tessera/figure/catalogue.h"

namespace tessera::app {

// What a figure shows and what can be set about it, for a person.
std::string to_text(const figure::Figure& figure);

}  // namespace tessera::app
