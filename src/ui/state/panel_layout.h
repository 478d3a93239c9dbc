#pragma once

#include <algorithm>
#include <array>
#include <cstddef>

namespace tessera::ui {

// What the rail is made of, from its top.
enum class RailSection { image, classes, layers, views };
inline constexpr std::array<const char*, 4> rail_section_names{"image", "classes", "layers", "views"};

// How the panels beside the stage are arranged: kept from session to session, and no part of what views and
// figures show. Lengths are in unscaled pixels.
struct PanelLayout {
  static constexpr float least_width = 250;  // of either panel
  static constexpr float greatest_width = 520;

  float rail_width = 300;
  float inspector_width = 304;
  bool inspector_open = true;  // else folded to a strip at the window's edge
  bool all_layers = false;     // the list has every layer, not only those suggested, shown or chosen
  std::array<bool, rail_section_names.size()> folded{};

  bool is_folded(RailSection section) const { return folded[std::size_t(section)]; }
  bool operator==(const PanelLayout&) const = default;
};

// Widths within their limits.
inline PanelLayout sensible(PanelLayout layout) {
  for (float* width : {&layout.rail_width, &layout.inspector_width})
    *width = std::clamp(*width, PanelLayout::least_width, PanelLayout::greatest_width);
  return layout;
}

}  // namespace tessera::ui
