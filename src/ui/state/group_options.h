#pragma once

#include <map>
#include <memory>
#include <string>

#include "tessera/factorization/objective.h"
#include "tessera/session/groups.h"

namespace tessera::ui {

enum class GroupOrder { found, contribution, left_to_right };  // found: as they were found, or were before

// Which groups of a layer's neurons are shown and how, in all views alike.
struct GroupOptions {
  int k = 6;                           // 1 to 32
  factorization::Objective objective;  // what they are about; weights from 0 to 1
  GroupOrder order = GroupOrder::found;
  bool operator==(const GroupOptions&) const = default;
};
GroupOptions sensible(GroupOptions options);  // within the ranges above; activations where nothing has weight

enum class FlowHeight { magnitude, contribution };

// How flows between the groups of several layers are shown.
struct FlowOptions {
  bool compatible = false;    // groups that are made for each other, instead of each layer on its own
  bool towards_class = true;  // what goes on to the objective; else from group to group whatever comes of it
  FlowHeight height = FlowHeight::magnitude;  // of the nodes
  bool operator==(const FlowOptions&) const = default;
};

// Groups that were on screen, by layer, so that new ones can keep their places and their hues.
struct GroupMemory {
  using ByLayer = std::map<std::string, std::shared_ptr<const session::LayerGroups>>;
  ByLayer shown;  // as they are now
  ByLayer
      before;  // as they were when it was last changed which groups are asked for: those now continue them
};

}  // namespace tessera::ui
