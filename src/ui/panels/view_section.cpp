#include "ui/panels/view_section.h"

#include <cctype>
#include <string>

#include "ui/views/catalogue.h"
#include "ui/widgets/text.h"

namespace tessera::ui {
namespace {

constexpr float row_height = 20;
constexpr float around_rows = 34;  // the title, and what is left free below
constexpr int columns = 2;

int rows() { return (int(views().size()) + columns - 1) / columns; }

// "Dictionary": the name that figures and command lines have too, for a person.
std::string short_title(const ViewEntry& entry) {
  std::string title = entry.name;
  title[0] = char(std::toupper(static_cast<unsigned char>(title[0])));
  return title;
}

void view_cell(const AppState& state, Context& context, const ViewEntry& entry, const Rect& where) {
  ImDrawList& list = *ImGui::GetWindowDrawList();
  const std::string id = std::string("rail/view/") + entry.name;
  ImGui::SetCursorScreenPos(where.from);
  if (ImGui::InvisibleButton(id.c_str(), {where.width(), where.height()}))
    context.emit(action::ChooseView{entry.kind});
  const bool chosen = state.selection.view == entry.kind;
  if (ImGui::IsItemHovered()) {
    if (!chosen) list.AddRectFilled(where.from, where.to, context.theme.hover_wash, context.px(3));
    ImGui::SetTooltip("%s", entry.title);
  }
  if (chosen) list.AddRectFilled(where.from, where.to, context.theme.accent_wash, context.px(3));
  ImFont* font = context.fonts.body;
  const float key_width = context.px(20);
  draw_text(list, context.fonts.small,
            {where.from.x + context.px(6), where.center().y - render::font_size(context.fonts.small) / 2},
            context.theme.muted, entry.key_label);
  draw_text(list, font, {where.from.x + key_width, where.center().y - render::font_size(font) / 2},
            chosen ? context.theme.accent : context.theme.ink, short_title(entry), where.width() - key_width);
  context.marks.add(id, where);
}

}  // namespace

float view_section_height(const Context& context) {
  return context.px(around_rows + row_height * float(rows()));
}

void view_section(const AppState& state, Context& context) {
  section_title(context, "Views");
  const ImVec2 from = ImGui::GetCursorScreenPos();
  const float width = ImGui::GetContentRegionAvail().x / columns;
  const float height = context.px(row_height);
  // Down the first column, then the second.
  for (int i = 0; i < int(views().size()); ++i) {
    const ImVec2 at{from.x + float(i / rows()) * width, from.y + float(i % rows()) * height};
    view_cell(state, context, views()[std::size_t(i)], {at, {at.x + width, at.y + height}});
  }
}

}  // namespace tessera::ui
