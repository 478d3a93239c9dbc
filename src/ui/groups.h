#pragma once

#include <memory>
#include <optional>
#include <span>
#include <string>
#include <vector>

#include "tessera/session/ask_groups.h"
#include "ui/certainty.h"
#include "ui/scene.h"

// What views ask about groups, by the options that they all share, and what they read off the answers.
namespace tessera::ui {

// What the options mean for a layer; nothing until it is known whether the layer has negative values, and
// what gradients shall be of.
std::optional<session::GroupsRequest> groups_request(const AppState& state, engine::Engine& engine,
                                                     const Scene& scene, const std::string& layer);

// Groups of a layer as far as they are known.
struct KnownGroups {
  std::shared_ptr<const session::LayerGroups> value;  // null: nothing yet
  bool settled = false;  // else a preview, or what was shown before, while the answer is on its way
  engine::Progress progress;
  std::shared_ptr<const Error> error;
};

// Asks for them, and has the state remember them once they are there. Where the view shows compatible groups,
// those.
KnownGroups groups_of(const AppState& state, Context& context, const Scene& scene, const std::string& layer);

// Groups of the shown layers that are made for each other; nothing for fewer than two layers.
struct KnownChain {
  std::shared_ptr<const session::GroupChain> value;
  engine::Progress progress;
  std::shared_ptr<const Error> error;
};
KnownChain chain_of(const AppState& state, Context& context, const Scene& scene);

// What groups contribute to every class: along paths, or at the picture alone (linear) while those are on
// their way. Asks for both.
struct GroupEffects {
  std::shared_ptr<const session::GroupAttributions> value;
  bool provisional = false;
  engine::Progress progress = {};
  std::shared_ptr<const Error> error = {};

  Certainty certainty() const { return {provisional, progress, error}; }
};
GroupEffects effects_of_groups(const AppState& state, engine::Engine& engine,
                               const std::shared_ptr<const session::LayerGroups>& groups);

session::GroupContributions contributions_to(const session::GroupAttributions& effects,
                                             const ObjectiveChoice& objective);

// A group with those that it is one of: any, or the hovered one, else the pinned one. Nothing while there is
// none or they are on their way.
struct SelectedGroup {
  GroupRef ref;
  std::shared_ptr<const session::LayerGroups> groups;
};
std::optional<SelectedGroup> group_of(const GroupRef& ref, const AppState& state, Context& context,
                                      const Scene& scene);
std::optional<SelectedGroup> selected_group(const AppState& state, Context& context, const Scene& scene);

// One value for each class.
std::vector<float> effects_of_group(const session::GroupAttributions& effects, int group);

// Indices of groups in the order in which they are to be shown. `contributions`: to the objective, where they
// are known.
std::vector<int> shown_order(const session::LayerGroups& groups, GroupOrder order,
                             const std::optional<session::GroupContributions>& contributions);

ImU32 color_of(factorization::Hue hue, int alpha = 255);

}  // namespace tessera::ui
