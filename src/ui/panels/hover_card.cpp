#include "ui/panels/hover_card.h"

#include <cmath>
#include <optional>
#include <string>

#include "ui/groups.h"
#include "ui/matched_channel.h"
#include "ui/panels/card_place.h"
#include "ui/panels/channel_facts.h"
#include "ui/panels/group_facts.h"
#include "ui/widgets/group_icon.h"
#include "ui/widgets/icon.h"
#include "ui/widgets/text.h"

namespace tessera::ui {
namespace {

constexpr float card_side = 208;  // of the icon
constexpr float padding = 14;
constexpr float card_gap = 10;
constexpr float facts_at_first = 90;  // their height until it is known
constexpr float around_mouse = 14;    // what stays free where nobody says where the hovered thing is

// "blocks.11.expa…, channel 339": the number is always whole.
std::string title_within(ImFont* font, const std::string& layer, const std::string& number, float width) {
  return shortened(font, layer, width - text_size(font, number).x) + number;
}

void card_title(Context& context, const std::string& layer, const std::string& number, float width) {
  ImFont* font = context.fonts.strong;
  draw_text(context, font, ImGui::GetCursorScreenPos(), context.theme.ink,
            title_within(font, layer, number, width));
  ImGui::Dummy({width, render::font_size(font) + context.px(4)});
}

void channel_card(const AppState& state, Context& context, const Scene& scene, const ChannelRef& channel,
                  const Rect& icon) {
  draw_icon(scene, context, channel, icon, engine::Visibility::focused);
  card_title(context, channel.layer, ", channel " + std::to_string(channel.channel), icon.width());
  brief_channel_facts(state, context, scene, channel);
  matched_channel_fact(state, context, channel);
}

void group_card(const AppState& state, Context& context, const Scene& scene, const SelectedGroup& selected,
                const Rect& icon) {
  draw_group_icon(context, scene, *selected.groups, selected.ref.group, true, icon);
  card_title(context, selected.ref.layer, ", group " + std::to_string(selected.ref.group + 1), icon.width());
  brief_group_facts(state, context, scene, selected);
}

// A window of its own, as high as its facts are: they are told in the frame that draws them, so it is placed
// by their height in the last one.
template <class Content>
void card(Context& context, const Content& content) {
  const ImVec2 display = ImGui::GetIO().DisplaySize;
  const float inset = context.px(padding);
  const float width = context.px(card_side + 2 * padding);
  ImGuiStorage& kept = *ImGui::GetStateStorage();
  const ImGuiID key = ImGui::GetID("height of the hover card");
  const float height = kept.GetFloat(key, width + context.px(facts_at_first));
  const ImVec2 mouse = ImGui::GetIO().MousePos;
  const Rect about = context.hovered_at.value_or(Rect{mouse, mouse}.grown(context.px(around_mouse)));
  const Rect screen = Rect{{0, 0}, display}.grown(-context.px(4));
  const Rect where = card_place(about, {width, height}, screen, context.px(card_gap));

  ImGui::PushStyleVar(ImGuiStyleVar_WindowPadding, {inset, inset});
  ImGui::PushStyleVar(ImGuiStyleVar_WindowRounding, context.px(6));
  ImGui::PushStyleVar(ImGuiStyleVar_WindowBorderSize, 1);
  ImGui::PushStyleColor(ImGuiCol_WindowBg, context.theme.floating);
  ImGui::SetNextWindowPos({std::round(where.from.x), std::round(where.from.y)});
  ImGui::SetNextWindowSize({width, height});
  ImGui::Begin("hover card", nullptr,
               ImGuiWindowFlags_NoDecoration | ImGuiWindowFlags_NoInputs | ImGuiWindowFlags_NoMove |
                   ImGuiWindowFlags_NoSavedSettings | ImGuiWindowFlags_NoFocusOnAppearing);
  const ImVec2 at = ImGui::GetCursorScreenPos();
  const float side = context.px(card_side);
  ImGui::Dummy({side, side + context.px(4)});
  content(Rect{at, {at.x + side, at.y + side}});
  const float spacing = ImGui::GetStyle().ItemSpacing.y;
  const float needed = std::ceil(ImGui::GetCursorScreenPos().y - spacing + inset - where.from.y);
  ImGui::End();
  ImGui::PopStyleColor();
  ImGui::PopStyleVar(3);
  kept.SetFloat(key, needed);
  context.marks.add("hover card", where);
}

}  // namespace

void hover_card(const AppState& state, Context& context, const Scene& scene) {
  if (context.hover.channel) {
    card(context,
         [&](const Rect& icon) { channel_card(state, context, scene, *context.hover.channel, icon); });
  } else if (context.hover.group) {
    const auto selected = group_of(*context.hover.group, state, context, scene);
    if (selected)
      card(context, [&](const Rect& icon) { group_card(state, context, scene, *selected, icon); });
  }
}

}  // namespace tessera::ui
