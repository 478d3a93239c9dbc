#include "ui/widgets/controls.h"

#include <cmath>

#include "ui/widgets/text.h"

namespace tessera::ui {
namespace {

// The item that was just placed.
void mark_item(Context& context, const std::string& name) {
  mark_control(context, name, {ImGui::GetItemRectMin(), ImGui::GetItemRectMax()});
}

}  // namespace

bool text_button(Context& context, const std::string& name, const TextWithNames& label, ImFont* font,
                 std::optional<ImU32> color, float most_width) {
  if (!context.shown.controls) return false;
  const ImVec2 at = ImGui::GetCursorScreenPos();
  const ImVec2 size = text_size(font, shortened(font, label, most_width));
  const bool clicked = ImGui::InvisibleButton(name.c_str(), {size.x, size.y + context.px(4)});
  const bool hovered = ImGui::IsItemHovered();
  mark_item(context, name);
  ImDrawList& list = *ImGui::GetWindowDrawList();
  draw_text(context, font, at, hovered ? context.theme.accent : color.value_or(context.theme.ink), label,
            most_width);
  const float rule = std::round(at.y + size.y + context.px(1)) + 0.5f;
  list.AddLine({at.x, rule}, {at.x + size.x, rule}, hovered ? context.theme.accent : context.theme.faint);
  return clicked;
}

bool text_button(Context& context, const std::string& name, const std::string& label, ImFont* font,
                 std::optional<ImU32> color) {
  if (!font) font = context.fonts.body;
  return text_button(context, name, TextWithNames{label}, font, color, text_size(font, label).x);
}

bool choice_word(Context& context, const std::string& name, const std::string& label, bool is_chosen) {
  if (!context.shown.controls) return false;
  ImFont* font = context.fonts.small;
  const ImVec2 at = ImGui::GetCursorScreenPos();
  const ImVec2 size = text_size(font, label);
  const bool clicked = ImGui::InvisibleButton(name.c_str(), {size.x, size.y + context.px(5)});
  const ImU32 color = ImGui::IsItemHovered() ? context.theme.accent
                      : is_chosen            ? context.theme.ink
                                             : context.theme.muted;
  mark_item(context, name);
  draw_text(context, font, at, color, label);
  if (is_chosen) {
    const float rule = std::round(at.y + size.y + context.px(2)) + 0.5f;
    ImGui::GetWindowDrawList()->AddLine({at.x, rule}, {at.x + size.x, rule}, context.theme.ink);
  }
  return clicked;
}

int choice(Context& context, const std::string& name, std::initializer_list<const char*> labels, int chosen) {
  int index = 0;
  int result = chosen;
  for (const char* label : labels) {
    if (index > 0 && context.shown.controls) ImGui::SameLine(0, context.px(choice_spacing));
    if (choice_word(context, name + '/' + label, label, index == chosen)) result = index;
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
