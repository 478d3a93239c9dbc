#include "ui/panels/group_facts.h"

#include <algorithm>
#include <string>

#include "ui/panels/channel_portrait.h"
#include "ui/widgets/facts.h"
#include "ui/widgets/group_icon.h"
#include "ui/widgets/icon.h"
#include "ui/widgets/picture.h"
#include "ui/widgets/signed_bar.h"
#include "ui/widgets/text.h"

namespace tessera::ui {
namespace {

constexpr int channels_a_row = 5;

void contribution_facts(const AppState& state, Context& context, const Scene& scene,
                        const SelectedGroup& selected) {
  if (!scene.objective) return;
  const GroupEffects effects = effects_of_groups(state, context.engine, selected.groups);
  std::string value = effects.error ? "cannot be told" : "…";
  if (effects.value)
    value = signed_number(
        double(contributions_to(*effects.value, *scene.objective).groups[std::size_t(selected.ref.group)]),
        effects.certainty());
  fact(context, "To " + text_of(scene, *scene.objective), value,
       effects.value ? effects.certainty() : Certainty{});
}

// The channels of the group's direction by descending weight.
void nearest_channels(const AppState& state, Context& context, const Scene& scene,
                      const SelectedGroup& selected) {
  section_title(context, "Channels like it", "weight");
  const auto& nearest = selected.groups->top_channels[std::size_t(selected.ref.group)];
  const float gap = context.px(6);
  const float width = ImGui::GetContentRegionAvail().x;
  const float side = (width - gap * float(channels_a_row - 1)) / float(channels_a_row);
  const ImVec2 at = ImGui::GetCursorScreenPos();
  const float line = render::font_size(context.fonts.small) + context.px(8);
  for (int i = 0; i < int(nearest.size()); ++i) {
    const factorization::ChannelWeight& each = nearest[std::size_t(i)];
    const ChannelRef channel{selected.ref.layer, each.channel};
    const ImVec2 from{at.x + float(i % channels_a_row) * (side + gap),
                      at.y + float(i / channels_a_row) * (side + line)};
    const Rect where{from, {from.x + side, from.y + side}};
    draw_icon(scene, context, channel, where);
    mark_channel(state.selection, context, channel, where);
    draw_text(context, context.fonts.small, {from.x, where.to.y + context.px(2)}, context.theme.muted,
              number(double(each.weight)), side);
    context.marks.add("inspector/group channel/" + std::to_string(each.channel), where);
    if (!ImGui::IsWindowHovered() || !where.contains(ImGui::GetIO().MousePos)) continue;
    context.hover.channel = channel;
    if (ImGui::IsMouseClicked(0)) context.emit(action::PinChannel{channel});
  }
  const int rows = (int(nearest.size()) + channels_a_row - 1) / channels_a_row;
  ImGui::Dummy({width, float(rows) * (side + line)});
}

}  // namespace

void brief_group_facts(const AppState& state, Context& context, const Scene& scene,
                       const SelectedGroup& selected) {
  const session::LayerGroups& groups = *selected.groups;
  fact(context, "Magnitude", number(groups.magnitudes[std::size_t(selected.ref.group)]));
  fact(context, "Share of the layer’s activations", percent(groups.explained(selected.ref.group)));
  contribution_facts(state, context, scene, selected);
}

void group_facts(const AppState& state, Context& context, const Scene& scene, const SelectedGroup& selected) {
  const session::LayerGroups& groups = *selected.groups;
  const int group = selected.ref.group;
  const bool pinned = state.selection.pinned.group == selected.ref;
  section_title(context, "Group " + std::to_string(group + 1) + " of " + std::to_string(groups.groups()),
                pinned ? groups.layer + ", pinned" : groups.layer);
  const float width = ImGui::GetContentRegionAvail().x;
  const ImVec2 at = ImGui::GetCursorScreenPos();
  const float side = std::min(width, context.px(portrait_side));
  const Rect icon{at, {at.x + side, at.y + side}};
  draw_group_icon(context, scene, groups, group, !ImGui::IsAnyItemActive(), icon);
  ImGui::GetWindowDrawList()->AddRectFilled({icon.from.x, icon.to.y + context.px(4)},
                                            {icon.to.x, icon.to.y + context.px(8)},
                                            color_of(groups.hues[std::size_t(group)]), context.px(2));
  context.marks.add("inspector/group icon", icon);
  ImGui::Dummy({width, side + context.px(12)});
  brief_group_facts(state, context, scene, selected);
  ImGui::Dummy({1, context.px(4)});
  const ImVec2 legend = ImGui::GetCursorScreenPos();
  const float height = overlay_legend(context, overlay_of_selection(state, context, scene), legend, width);
  ImGui::Dummy({width, height + context.px(8)});
  nearest_channels(state, context, scene, selected);
}

}  // namespace tessera::ui
