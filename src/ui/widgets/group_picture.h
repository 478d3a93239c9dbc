#pragma once

#include <memory>
#include <optional>
#include <string>

#include "ui/groups.h"

namespace tessera::ui {

// The picture with a layer's groups over it, cell by cell: the mix of their hues in proportion to their maps,
// as opaque as their sum; or one group alone. Hovering a cell hovers the group that is strongest there, a
// click pins it. Marked under `name`.
void group_picture(const AppState& state, Context& context, const Scene& scene,
                   const session::LayerGroups& groups, std::optional<int> only, const std::string& name,
                   const Rect& where);

// The group that is strongest at a cell; nothing where none is active.
std::optional<int> strongest_group(const session::LayerGroups& groups, Position cell);

}  // namespace tessera::ui
