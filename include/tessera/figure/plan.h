#pragma once

#include <cstddef>
#include <optional>
#include <string>
#include <vector>

#include "tessera/figure/spec.h"

namespace tessera::figure {

// The ways in which a part of a figure is drawn; few, and each for many combinations.
enum class PanelKind {
  view,           // a built-in figure as a whole, in its own layout
  picture,        // as the network sees it
  color_planes,   // the input's channels as maps
  class_bars,     // classes with their probabilities
  icon_strip,     // icons of channels, neurons, groups, classes or a whole layer, the first ones of an order
  icon_grid,      // the icon of every position, where it is
  heat_map,       // positions over the picture
  map_strip,      // maps of channels, the first ones of an order
  ranked_bars,    // channels or groups with signed bars
  group_table,    // groups with a signed bar for each class
  group_overlay,  // groups in their hues over the picture
  saliency_map,   // pixels over the picture
  ribbons,        // from group to group
  neuron_list,    // single numbers, the first ones of an order
  cube,           // a layer as a block
  balance         // one number, and what it is made of
};

struct Panel {
  PanelKind kind = PanelKind::picture;
  std::size_t element = 0;  // whose atoms it shows; its layers, its target and its operations are needed
  std::optional<std::size_t> filter = {};  // the element that decides which of them
  std::string view = {};                   // of PanelKind::view: the figure's name in the catalogue
  bool operator==(const Panel&) const = default;
};

// What is to be drawn, in order. A spec with the elements of a built-in one is that as a whole. An element
// that does nothing but rank the icons or maps of another has no panel of its own: its values stand beside
// them. Throws Error for what something speaks against.
std::vector<Panel> plan(const FigureSpec& spec);

// How an element is drawn where it stands alone.
PanelKind kind_of(const Element& element);

}  // namespace tessera::figure
