#include "ui/widgets/group_icon.h"

#include <algorithm>
#include <string>

#include "ui/widgets/icon.h"

namespace tessera::ui {
namespace {

constexpr int tiles = 4;  // in a square
constexpr float tile_gap = 2;

Rect tile(const Context& context, const Rect& where, int index) {
  const float gap = context.px(tile_gap);
  const float side = std::max(1.0f, (where.width() - gap) / 2);
  const ImVec2 from{where.from.x + float(index % 2) * (side + gap),
                    where.from.y + float(index / 2) * (side + gap)};
  return {from, {from.x + side, from.y + side}};
}

}  // namespace

void draw_group_icon(Context& context, const Scene& scene, const session::LayerGroups& groups, int group,
                     bool may_render, const Rect& where, float strength) {
  const auto direction = groups.factorization.directions.row(group);
  const bool is_zero = std::ranges::all_of(direction, [](float value) { return value == 0; });
  if (is_zero) {
    ImGui::GetWindowDrawList()->AddRectFilled(where.from, where.to, context.theme.hover_wash, context.px(3));
    return;
  }
  const IconOf own{groups.layer, featurevis::Direction{{direction.begin(), direction.end()}, 0}, false, 1, 0};
  if (may_render && icon_answer(scene, context, own, engine::Visibility::visible).value) {
    draw_icon(scene, context, own, where, engine::Visibility::visible, strength);
    return;
  }
  const auto& nearest = groups.top_channels[std::size_t(group)];
  for (int i = 0; i < tiles && i < int(nearest.size()); ++i)
    draw_icon(scene, context, ChannelRef{groups.layer, nearest[std::size_t(i)].channel},
              tile(context, where, i), engine::Visibility::visible, strength);
}

bool nearest_icons(const AppState& state, Context& context, const Scene& scene,
                   const session::LayerGroups& groups, int group, const std::string& name,
                   const Rect& where) {
  bool over = false;
  const auto& nearest = groups.top_channels[std::size_t(group)];
  for (int i = 0; i < tiles && i < int(nearest.size()); ++i) {
    const ChannelRef channel{groups.layer, nearest[std::size_t(i)].channel};
    const Rect at = tile(context, where, i);
    draw_icon(scene, context, channel, at);
    mark_channel(state.selection, context, channel, at);
    mark_control(context, name + '/' + std::to_string(channel.channel), at);
    if (!ImGui::IsWindowHovered() || !at.contains(ImGui::GetIO().MousePos)) continue;
    over = true;
    context.hover.channel = channel;
    context.hovered_at = at;
    if (ImGui::IsMouseClicked(0)) context.emit(action::PinChannel{channel});
  }
  return over;
}

void mark_group(const Selection& selection, Context& context, const GroupRef& group, const Rect& where) {
  const bool pinned = selection.pinned.group == group;
  if (!pinned && selection.hovered.group != group) return;
  const Rect around = where.grown(context.px(2));
  ImGui::GetWindowDrawList()->AddRect(around.from, around.to, context.theme.accent, context.px(5), 0,
                                      context.px(pinned ? 3 : 2));
}

}  // namespace tessera::ui
