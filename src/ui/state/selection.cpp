#include "ui/state/selection.h"

#include <algorithm>
#include <utility>

#include "tessera/figure/presets.h"

namespace tessera::ui {

Place place_of(const std::string& layer, Position cell, int height, int width) {
  return {layer, (float(cell.y) + 0.5f) / float(height), (float(cell.x) + 0.5f) / float(width)};
}

Position cell_of(const Place& place, int height, int width) {
  return {std::clamp(int(place.y * float(height)), 0, std::max(0, height - 1)),
          std::clamp(int(place.x * float(width)), 0, std::max(0, width - 1))};
}

bool holds(const Region& region, Position cell, int height, int width) {
  const Place centre = place_of({}, cell, height, width);
  return centre.y >= region.top && centre.y < region.bottom && centre.x >= region.left &&
         centre.x < region.right;
}

figure::FigureSpec first_spec() {
  const auto presets = figure::presets();
  return {std::ranges::find(presets, "teaser_1", &figure::Preset::name)->elements, {}, {}};
}

Selection settled(Selection selection) {
  selection.hovered = {};
  return selection;
}

}  // namespace tessera::ui
