#pragma once

#include "ui/groups.h"

namespace tessera::ui {

// A group's own icon in a square. Until there is one, the icons of the channels that are nearest to the
// group's direction stand in for it, four in the square. `may_render`: whether its own is asked for at all.
void draw_group_icon(Context& context, const Scene& scene, const session::LayerGroups& groups, int group,
                     bool may_render, const Rect& where, float strength = 1);

// The icons of the channels nearest to a group's direction, four in a square. Hovered and pinned as channels
// are; true while the mouse is over one. Marked under `name`/CHANNEL.
bool nearest_icons(const AppState& state, Context& context, const Scene& scene,
                   const session::LayerGroups& groups, int group, const std::string& name, const Rect& where);

// The outline of a group that is hovered or pinned, if it is.
void mark_group(const Selection& selection, Context& context, const GroupRef& group, const Rect& where);

}  // namespace tessera::ui
