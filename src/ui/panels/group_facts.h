#pragma once

#include "ui/groups.h"

namespace tessera::ui {

// One group: its icon, how much of the layer it is, what it contributes, and the channels nearest to it.
void group_facts(const AppState& state, Context& context, const Scene& scene, const SelectedGroup& selected);

// The same in three lines, without the icon.
void brief_group_facts(const AppState& state, Context& context, const Scene& scene,
                       const SelectedGroup& selected);

}  // namespace tessera::ui
