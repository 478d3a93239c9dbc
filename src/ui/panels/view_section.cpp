#include "ui/panels/view_section.h"

#include <string>

#include "ui/views/catalogue.h"
#include "ui/widgets/text.h"

namespace tessera::ui {
namespace {

constexpr float row_height = 18;
constexpr float around_rows = 34;  // the title, and what is left free below

void view_row(const AppState& state, Context& context, const ViewEntry& entry) {
  ImDrawList& list = *ImGui::GetWindowDrawList();
  const float width = ImGui::GetContentRegionAvail().x;
  const ImVec2 at = ImGui::GetCursorScreenPos();
  const Rect row{at, {at.x + width, at.y + context.px(row_height)}};
  const std::string id = std::string("rail/view/") + entry.name;
  if (ImGui::InvisibleButton(id.c_str(), {width, row.height()})) context.emit(action::ChooseView{entry.kind});
  const bool chosen = state.selection.view == entry.kind;
  if (ImGui::IsItemHovered() && !chosen)
    list.AddRectFilled(row.from, row.to, context.theme.hover_wash, context.px(3));
  if (chosen) list.AddRectFilled(row.from, row.to, context.theme.accent_wash, context.px(3));
  const float inset = context.px(6);
  ImFont* font = context.fonts.body;
  draw_text(list, font, {at.x + inset, row.center().y - render::font_size(font) / 2},
            chosen ? context.theme.accent : context.theme.ink, entry.title, width - context.px(30));
  draw_text(list, context.fonts.small,
            {row.to.x - inset, row.center().y - render::font_size(context.fonts.small) / 2},
            context.theme.muted, entry.key_label, 0, Align::right);
  context.marks.add(id, row);
}

}  // namespace

float view_section_height(const Context& context) {
  return context.px(around_rows + row_height * float(views().size()));
}

void view_section(const AppState& state, Context& context) {
  section_title(context, "Views");
  ImGui::PushStyleVar(ImGuiStyleVar_ItemSpacing, {0, 0});
  for (const ViewEntry& entry : views()) view_row(state, context, entry);
  ImGui::PopStyleVar();
}

}  // namespace tessera::ui
