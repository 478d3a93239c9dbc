#include "app/reports/figures.h"

#include "app/table.h"

namespace tessera::app {

std::string to_text(const figure::Figure& figure) {
  std::string text = figure.title + ": " + figure.sentence + ".\n";
  if (figure.settings.empty()) return text;
  text += '\n';
  Table table({Align::left, Align::left});
  for (const figure::Setting& setting : figure.settings) {
    std::string says = setting.sentence + ": " + figure::possible_values(setting);
    if (setting.usual) says += " (default: " + figure::to_text(*setting.usual) + ")";
    table.add({"  " + setting.key, says});
  }
  return text + table.text();
}

}  // namespace tessera::app
