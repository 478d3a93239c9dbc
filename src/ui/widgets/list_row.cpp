#include "ui/widgets/list_row.h"

#include "ui/widgets/text.h"

namespace tessera::ui {

bool list_row(Context& context, const std::string& name, const std::string& text, const std::string& aside,
              ImU32 color) {
  const float width = ImGui::GetContentRegionAvail().x;
  const ImVec2 at = ImGui::GetCursorScreenPos();
  const float height = context.px(22);
  const bool clicked = ImGui::InvisibleButton(name.c_str(), {width, height});
  ImDrawList& list = *ImGui::GetWindowDrawList();
  if (ImGui::IsItemHovered())
    list.AddRectFilled(at, {at.x + width, at.y + height}, context.theme.hover_wash, context.px(3));
  const float text_y = at.y + (height - render::font_size(context.fonts.body)) / 2;
  const float aside_width = aside.empty() ? 0
                                          : draw_text(context, context.fonts.small,
                                                      {at.x + width - context.px(6), text_y + context.px(1)},
                                                      context.theme.muted, aside, width * 0.6f, Align::right);
  draw_text(context, context.fonts.body, {at.x + context.px(6), text_y}, color, text,
            width - aside_width - context.px(24));
  mark_control(context, name, {at, {at.x + width, at.y + height}});
  return clicked;
}

}  // namespace tessera::ui
