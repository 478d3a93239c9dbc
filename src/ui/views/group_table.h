#pragma once

#include <vector>

#include "ui/groups.h"

namespace tessera::ui {

// How many classes have room in a table.
int fitting_group_columns(const Context& context, const Rect& where);

// What a table of groups shows.
struct GroupTable {
  std::shared_ptr<const session::LayerGroups> groups;
  GroupEffects effects;      // may be on their way
  std::vector<int> classes;  // a column each: what is in question first
  std::vector<int> order;    // of the rows
  bool may_render = true;    // icons of the groups' own
};

// A row for each group (hue, icon, nearest channels, magnitude, a signed bar for each class), one in grey for
// what none explains, and the sums beneath. Rows are marked "groups/INDEX" and hovered and pinned as groups.
void group_table(const AppState& state, Context& context, const Scene& scene, const GroupTable& table,
                 const Rect& where);

}  // namespace tessera::ui
