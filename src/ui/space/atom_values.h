#pragma once

#include <memory>
#include <string>
#include <vector>

#include "ui/attributions.h"
#include "ui/space/panel_scene.h"

namespace tessera::session {
struct LayerGroups;
}

namespace tessera::ui {

// What an element says of the atoms of one layer, as far as it is known.
struct AtomValues {
  const model::LayerInfo* layer = nullptr;
  // One for each atom: channels, positions row by row, neurons as in the cube, groups, one for a whole layer.
  // Activations of channels are means, of positions and groups lengths. Empty: nothing yet.
  std::vector<float> values;
  bool is_signed = false;  // contributions
  // Linear, while the path's are on their way; or chosen by such values.
  bool provisional = false;
  std::shared_ptr<const session::LayerGroups> groups;                // where the atoms are groups
  std::shared_ptr<const attribution::Attribution> attribution = {};  // where one says so
  std::string text = {};                                             // what is contributed to
  std::string chosen = {};  // the atom of another element that it is filtered by: "channel 17"
  engine::Progress progress = {};
  std::shared_ptr<const Error> error = {};

  float reach() const;  // the largest magnitude
  Certainty certainty() const { return {provisional, progress, error}; }
};

// With its filter: of the same atoms, what that element says of them; of others, what the selected atom of
// that element has to do with them. Asks for what is missing.
AtomValues values_of(const PanelScene& panels, std::size_t element, const model::LayerInfo& layer);

// The same of several layers, and the largest magnitude of them all.
struct LayersOfValues {
  std::vector<AtomValues> layers;
  float reach = 0;
};
LayersOfValues values_of(const PanelScene& panels, std::size_t element,
                         const std::vector<const model::LayerInfo*>& layers);

// The first atoms in the element's order (by value unless it is sorted), at most so many and no more than its
// `Top`.
std::vector<int> first_atoms(const figure::Element& element, const AtomValues& known, int most);

}  // namespace tessera::ui
