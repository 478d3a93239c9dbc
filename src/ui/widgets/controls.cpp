#include "ui/widgets/controls.h"

#include <cmath>

#include "ui/widgets/text.h"

namespace tessera::ui {
namespace {

constexpr float choice_spacing = 14;

Rect item_rect() { return {ImGui::GetItemRectMin(), ImGui::GetItemRectMax()}; }

}  // namespace

bool text_button(Context& context, const std::string& name, const std::string& label, ImFont* font,
                 std::optional<ImU32> color) {
  if (!context.shown.controls) return false;
  if (!font) font = context.fonts.body;
  const ImVec2 at = ImGui::GetCursorScreenPos();
  const ImVec2 size = text_size(font, label);
  const bool clicked = ImGui::InvisibleButton(name.c_str(), {size.x, size.y + context.px(4)});
  const bool hovered = ImGui::IsItemHovered();
  ImDrawList& list = *ImGui::GetWindowDrawList();
  draw_text(context, font, at, hovered ? context.theme.accent : color.value_or(context.theme.ink), label);
  const float rule = std::round(at.y + size.y + context.px(1)) + 0.5f;
  list.AddLine({at.x, rule}, {at.x + size.x, rule}, hovered ? context.theme.accent : context.theme.faint);
  context.marks.add(name, item_rect());
  return clicked;
}

int choice(Context& context, const std::string& name, std::initializer_list<const char*> labels, int chosen) {
  if (!context.shown.controls) return chosen;
  ImFont* font = context.fonts.small;
  ImDrawList& list = *ImGui::GetWindowDrawList();
  int index = 0;
  int result = chosen;
  for (const char* label : labels) {
    if (index > 0) ImGui::SameLine(0, context.px(choice_spacing));
    const ImVec2 at = ImGui::GetCursorScreenPos();
    const ImVec2 size = text_size(font, label);
    const std::string id = name + '/' + label;
    if (ImGui::InvisibleButton(id.c_str(), {size.x, size.y + context.px(5)})) result = index;
    const bool is_chosen = index == chosen;
    const ImU32 color = ImGui::IsItemHovered() ? context.theme.accent
                        : is_chosen            ? context.theme.ink
                                               : context.theme.muted;
    draw_text(context, font, at, color, label);
    if (is_chosen) {
      const float rule = std::round(at.y + size.y + context.px(2)) + 0.5f;
      list.AddLine({at.x, rule}, {at.x + size.x, rule}, context.theme.ink);
    }
    context.marks.add(id, item_rect());
    ++index;
  }
  return result;
}

float choice_width(const Context& context, std::initializer_list<const char*> labels) {
  float width = 0;
  for (const char* label : labels)
    width += text_size(context.fonts.small, label).x + context.px(choice_spacing);
  return width - context.px(choice_spacing);
}

}  // namespace tessera::ui
