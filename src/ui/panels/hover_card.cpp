#include "ui/panels/hover_card.h"

#include <cfloat>
#include <string>

#include "ui/matched_channel.h"
#include "ui/panels/channel_facts.h"
#include "ui/widgets/icon.h"
#include "ui/widgets/text.h"

namespace tessera::ui {
namespace {

constexpr float card_side = 208;
constexpr float padding = 14;

}  // namespace

void hover_card(const AppState& state, Context& context, const Scene& scene, const ChannelRef& channel) {
  ImGui::PushStyleVar(ImGuiStyleVar_WindowPadding, {context.px(padding), context.px(padding)});
  ImGui::PushStyleVar(ImGuiStyleVar_WindowRounding, context.px(6));
  ImGui::PushStyleColor(ImGuiCol_PopupBg, context.theme.floating);
  const float width = context.px(card_side + 2 * padding);
  ImGui::SetNextWindowSizeConstraints({width, 0}, {width, FLT_MAX});
  ImGui::BeginTooltip();
  const ImVec2 at = ImGui::GetCursorScreenPos();
  const float icon_side = context.px(card_side);
  const Rect icon{at, {at.x + icon_side, at.y + icon_side}};
  draw_icon(scene, context, channel, icon, engine::Visibility::focused);
  context.marks.add("hover card", icon);
  ImGui::Dummy({icon_side, icon_side + context.px(4)});
  const ImVec2 title = ImGui::GetCursorScreenPos();
  draw_text(context, context.fonts.strong, title, context.theme.ink,
            channel.layer + ", channel " + std::to_string(channel.channel), icon_side);
  ImGui::Dummy({icon_side, render::font_size(context.fonts.strong) + context.px(4)});
  brief_channel_facts(state, context, scene, channel);
  matched_channel_fact(state, context, channel);
  ImGui::EndTooltip();
  ImGui::PopStyleColor();
  ImGui::PopStyleVar(2);
}

}  // namespace tessera::ui
