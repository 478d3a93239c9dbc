#include "tessera/figure/catalogue.h"

#include <algorithm>

#include "figure/figures.h"
#include "tessera/base/error.h"

namespace tessera::figure {

std::span<const Figure> catalogue() {
  static const std::vector<Figure> figures = all_figures();
  return figures;
}

const Figure* find_figure(std::string_view name) {
  const auto figures = catalogue();
  const auto found =
      std::find_if(figures.begin(), figures.end(), [&](const Figure& known) { return known.name == name; });
  return found == figures.end() ? nullptr : &*found;
}

const Setting* Figure::find(std::string_view key) const {
  const auto found =
      std::find_if(settings.begin(), settings.end(), [&](const Setting& known) { return known.key == key; });
  return found == settings.end() ? nullptr : &*found;
}

void check(const Figure& figure, const Settings& settings) {
  for (const auto& [key, value] : settings) {
    const Setting* setting = figure.find(key);
    if (!setting) throw Error("the figure " + figure.name + " has no setting '" + key + "'");
    check(*setting, value);
  }
}

}  // namespace tessera::figure
