#include "ui/panels/view_section.h"

#include <string>

#include "ui/scene.h"
#include "ui/selected_atom.h"
#include "ui/views/catalogue.h"
#include "ui/widgets/controls.h"
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

// Right-aligned in the title's line: what puts the present view beside another.
void compare_buttons(const AppState& state, Context& context, ImVec2 right) {
  const auto scene = scene_of(state, context.engine);
  if (!scene) return;
  ImFont* font = context.fonts.small;
  const char* keep = state.kept ? "Release" : "Keep beside";
  const char* without = "without it";
  const bool can_remove = has_pinned_atom(state.selection);
  const float between = context.px(14);
  const float width = text_size(font, keep).x + (can_remove ? between + text_size(font, without).x : 0.0f);
  ImGui::SetCursorScreenPos({right.x - width, right.y});
  if (text_button(context, "rail/keep beside", keep, font)) context.emit(action::KeepBeside{scene->card});
  if (!can_remove) return;
  ImGui::SameLine(0, between);
  if (text_button(context, "rail/without it", without, font))
    if (const auto removal = pinned_removal(state, context, *scene))
      context.emit(action::DoWithout{removal, scene->card});
}

}  // namespace

float view_section_height(const Context& context) {
  return context.px(around_rows + row_height * float(views().size()));
}

void view_section(const AppState& state, Context& context) {
  const ImVec2 title = ImGui::GetCursorScreenPos();
  const float width = ImGui::GetContentRegionAvail().x;
  section_title(context, "Views");
  const ImVec2 below = ImGui::GetCursorScreenPos();
  compare_buttons(state, context, {title.x + width, title.y});
  ImGui::SetCursorScreenPos(below);
  ImGui::PushStyleVar(ImGuiStyleVar_ItemSpacing, {0, 0});
  for (const ViewEntry& entry : views()) view_row(state, context, entry);
  ImGui::PopStyleVar();
}

}  // namespace tessera::ui
