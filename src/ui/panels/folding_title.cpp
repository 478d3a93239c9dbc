#include "ui/panels/folding_title.h"

#include <algorithm>
#include <cmath>
#include <string>

#include "ui/widgets/text.h"

namespace tessera::ui {
namespace {

constexpr float triangle_reach = 3.5f;
constexpr float triangle_before = 8;  // from the title to its middle

void triangle(Context& context, ImVec2 middle, bool open, ImU32 color) {
  ImDrawList& list = *ImGui::GetWindowDrawList();
  const float far = context.px(triangle_reach), near = far * 0.6f;
  if (open)
    list.AddTriangleFilled({middle.x - far, middle.y - near}, {middle.x + far, middle.y - near},
                           {middle.x, middle.y + near}, color);
  else
    list.AddTriangleFilled({middle.x - near, middle.y - far}, {middle.x + near, middle.y},
                           {middle.x - near, middle.y + far}, color);
}

}  // namespace

bool folding_title(const AppState& state, Context& context, RailSection section, std::string_view title,
                   std::string_view aside, float free_right) {
  ImDrawList& list = *ImGui::GetWindowDrawList();
  const ImVec2 at = ImGui::GetCursorScreenPos();
  const float width = ImGui::GetContentRegionAvail().x;
  const float line = render::font_size(context.fonts.strong);
  const float before = context.px(triangle_before + triangle_reach);
  const std::string name = std::string("rail/fold/") + rail_section_names[std::size_t(section)];
  const bool open = !state.panels.is_folded(section);
  ImGui::SetCursorScreenPos({at.x - before, at.y});
  if (ImGui::InvisibleButton(name.c_str(), {std::max(1.0f, width + before - free_right), line})) {
    PanelLayout panels = state.panels;
    panels.folded[std::size_t(section)] = open;
    context.emit(action::SetPanels{panels});
  }
  const bool hovered = ImGui::IsItemHovered();
  context.marks.add(name, {{at.x - before, at.y}, {at.x + width - free_right, at.y + line}});
  triangle(context, {at.x - context.px(triangle_before), std::round(at.y + line / 2)}, open,
           hovered ? context.theme.accent : context.theme.faint);
  const float room = std::max(1.0f, width - free_right);
  const float taken = draw_text(context, context.fonts.strong, at,
                                hovered ? context.theme.accent : context.theme.ink, title, room);
  const float left = room - taken - context.px(12);
  if (!aside.empty() && left > context.px(24))
    draw_text(context, context.fonts.small,
              {at.x + room, at.y + line - render::font_size(context.fonts.small)}, context.theme.muted, aside,
              left, Align::right);
  const float rule = std::round(at.y + line + context.px(6)) + 0.5f;
  list.AddLine({at.x, rule}, {at.x + width, rule}, context.theme.hairline);
  ImGui::SetCursorScreenPos(at);
  ImGui::Dummy({width, context.px(folding_title_height)});
  return open;
}

}  // namespace tessera::ui
