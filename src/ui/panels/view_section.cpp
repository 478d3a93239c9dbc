#include "ui/panels/view_section.h"

#include <cctype>
#include <string>

#include "ui/panels/folding_title.h"
#include "ui/scene.h"
#include "ui/selected_atom.h"
#include "ui/views/catalogue.h"
#include "ui/widgets/controls.h"
#include "ui/widgets/text.h"

namespace tessera::ui {
namespace {

constexpr float view_row_height = 20;
constexpr float below_rows = 6;
constexpr int view_columns = 2;

int view_rows() { return (int(views().size()) + view_columns - 1) / view_columns; }

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
  draw_text(context, context.fonts.small,
            {where.from.x + context.px(6), where.center().y - render::font_size(context.fonts.small) / 2},
            context.theme.muted, entry.key_label);
  draw_text(context, font, {where.from.x + key_width, where.center().y - render::font_size(font) / 2},
            chosen ? context.theme.accent : context.theme.ink, short_title(entry), where.width() - key_width);
  context.marks.add(id, where);
}

// Right-aligned in the title's line: what puts the present view beside another. Returns the width it takes.
float compare_buttons(const AppState& state, Context& context, ImVec2 right) {
  const auto scene = scene_of(state, context.engine);
  if (!scene) return 0;
  ImFont* font = context.fonts.small;
  const char* keep = state.kept ? "Release" : "Keep beside";
  const char* without = "without it";
  const bool can_remove = has_pinned_atom(state.selection);
  const float between = context.px(14);
  const float width = text_size(font, keep).x + (can_remove ? between + text_size(font, without).x : 0.0f);
  ImGui::SetCursorScreenPos({right.x - width, right.y});
  if (text_button(context, "rail/keep beside", keep, font)) context.emit(action::KeepBeside{scene->card});
  if (!can_remove) return width + between;
  ImGui::SameLine(0, between);
  if (text_button(context, "rail/without it", without, font))
    if (const auto removal = pinned_removal(state, context, *scene))
      context.emit(action::DoWithout{removal, scene->card});
  return width + between;
}

}  // namespace

float view_section_height(const AppState& state, const Context& context) {
  if (state.panels.is_folded(RailSection::views)) return context.px(folding_title_height);
  return context.px(folding_title_height + view_row_height * float(view_rows()) + below_rows);
}

void view_section(const AppState& state, Context& context) {
  const ImVec2 top = ImGui::GetCursorScreenPos();
  const float all = ImGui::GetContentRegionAvail().x;
  const float taken = compare_buttons(state, context, {top.x + all, top.y});
  ImGui::SetCursorScreenPos(top);
  const bool folded = state.panels.is_folded(RailSection::views);
  const std::string aside = folded ? short_title(entry_of(state.selection.view)) : "";
  if (!folding_title(state, context, RailSection::views, "Views", aside, taken)) return;
  const ImVec2 from = ImGui::GetCursorScreenPos();
  const float width = all / view_columns;
  const float height = context.px(view_row_height);
  // Down the first column, then the second.
  for (int i = 0; i < int(views().size()); ++i) {
    const ImVec2 at{from.x + float(i / view_rows()) * width, from.y + float(i % view_rows()) * height};
    view_cell(state, context, views()[std::size_t(i)], {at, {at.x + width, at.y + height}});
  }
  ImGui::SetCursorScreenPos(top);
  ImGui::Dummy({all, view_section_height(state, context)});
}

}  // namespace tessera::ui
