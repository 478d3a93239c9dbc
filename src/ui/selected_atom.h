#pragma once

#include <memory>
#include <optional>
#include <string>
#include <vector>

#include "tessera/attribution/atoms.h"
#include "tessera/session/removal.h"
#include "ui/certainty.h"
#include "ui/scene.h"

namespace tessera::ui {

// What is hovered or pinned, as an atom of its layer; its effect on each class as far as that is known.
struct SelectedAtom {
  std::string name;  // "channel 17", "group 3", "this position"
  std::string layer;
  attribution::Atoms atom;
  std::optional<std::vector<float>> effects;
  Certainty certainty = {};  // of the effects
};
// The channel before the group before the position. Asks for its effects.
std::optional<SelectedAtom> selected_atom(const AppState& state, Context& context, const Scene& scene);

// Whether anything is pinned that a network can do without.
bool has_pinned_atom(const Selection& selection);

// What is pinned as something to take out of the network, the picked channels all together; null where there
// is none, or its group is not known yet.
std::shared_ptr<const session::Removal> pinned_removal(const AppState& state, Context& context,
                                                       const Scene& scene);

}  // namespace tessera::ui
