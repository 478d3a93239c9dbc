#include "app/reports/cell_text.h"

#include <cstdio>

namespace tessera::app {

std::string number_text(double value, int digits) {
  char text[40];
  std::snprintf(text, sizeof text, "%.*g", digits, value);
  return text;
}

std::string percent_text(double share, int decimals, int width) {
  char text[64];
  std::snprintf(text, sizeof text, "%*.*f %%", width, decimals, 100 * share);
  return text;
}

std::string colour_text(factorization::Hue hue) {
  char text[8];
  std::snprintf(text, sizeof text, "#%02x%02x%02x", hue.red, hue.green, hue.blue);
  return text;
}

}  // namespace tessera::app
