#pragma once

#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "ui/state/app_state.h"

namespace tessera::ui {

// What is looked at and how, as names and values: what a figure is made with and restored from, and what a
// command line can set. Layers, channels and classes are not checked against a model.
//
//   view            overview, dictionary, grids, spatial, channels, comparison, groups, flows, sheet, cube,
//                   space
//   layer, layers   a name; names between commas
//   class, against  indices of the objective and of the class that it is compared with
//   channel         LAYER:INDEX, pinned
//   picked          LAYER:INDEX,INDEX,…
//   group           LAYER:INDEX, pinned
//   place           LAYER:Y,X, pinned; shares of the picture's height and width
//   method          path, linear
//   pooling         exact, proportional, lucid
//   checkerboard    kept, cancelled, difference
//   map             activation, attribution
//   scale           shared, own
//   basis           channels, components, groups
//   factors         2 to 6
//   size            whole, area, side
//   atom            neuron, position, channel, group, whole
//   turn, tilt      degrees
//   content         icons, components
//   k               1 to 32
//   activations, gradients, attributions   0 to 1, what groups are about
//   order           found, contribution, left_to_right
//   compatible      true, false
//   towards         class, groups
//   height          magnitude, contribution
//   spec            elements of the grammar as JSON (tessera/figure/spec.h)
using Setting = std::pair<std::string, std::string>;

// Those that differ from a fresh state, in the order above.
std::vector<Setting> settings_of(const AppState& state);

// Sets state.selection and the options. Throws Error for unknown names and values that make no sense.
void set_from_text(AppState& state, std::string_view name, std::string_view value);

}  // namespace tessera::ui
