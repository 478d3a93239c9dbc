#pragma once

#include <string>

#include "tessera/factorization/hue.h"

// Numbers and colours as reports for a terminal write them.
namespace tessera::app {

// So many significant digits: "0.0123".
std::string number_text(double value, int digits);

// A share of one as "12.3 %", at least `width` characters wide before the sign.
std::string percent_text(double share, int decimals, int width = 0);

// "#3a7bd5".
std::string colour_text(factorization::Hue hue);

}  // namespace tessera::app
