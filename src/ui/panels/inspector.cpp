#include "ui/panels/inspector.h"

#include <cmath>

#include "ui/panels/channel_facts.h"
#include "ui/panels/group_facts.h"
#include "ui/panels/position_facts.h"
#include "ui/widgets/text.h"

namespace tessera::ui {
namespace {

void hint(Context& context, float width) {
  const ImVec2 at = ImGui::GetCursorScreenPos();
  const float height =
      draw_wrapped(context, context.fonts.body, at, context.theme.muted,
                   "Hover a channel to see where it fires. Hover the image to see what fires there. "
                   "Click to pin, Esc to unpin, h for all shortcuts.",
                   width);
  ImGui::Dummy({width, height});
}

// An angle that points to where the panel goes.
void chevron(Context& context, ImVec2 middle, bool to_the_right, ImU32 color) {
  const float high = context.px(4), wide = context.px(to_the_right ? 2.5f : -2.5f);
  const ImVec2 points[] = {
      {middle.x - wide, middle.y - high}, {middle.x + wide, middle.y}, {middle.x - wide, middle.y + high}};
  ImGui::GetWindowDrawList()->AddPolyline(points, 3, color, 0, context.px(1.5f));
}

// What folds the panel and opens it, in the margin beside its first line.
void fold_button(const AppState& state, Context& context, const Rect& where, const Rect& hold) {
  const bool open = state.panels.inspector_open;
  const char* name = open ? "inspector/fold" : "inspector/unfold";
  ImGui::SetCursorScreenPos(hold.from);
  if (ImGui::InvisibleButton(name, {hold.width(), hold.height()})) fold_inspector(state, context);
  const bool hovered = ImGui::IsItemHovered();
  if (hovered && !open)
    ImGui::GetWindowDrawList()->AddRectFilled(hold.from, hold.to, context.theme.hover_wash);
  const float line = where.from.y + context.px(Theme::margin) + render::font_size(context.fonts.strong) / 2;
  chevron(context, {std::round(hold.center().x), std::round(line)}, open,
          hovered ? context.theme.accent : context.theme.muted);
  if (hovered) ImGui::SetTooltip(open ? "Fold the inspector (i)" : "Show the inspector (i)");
  context.marks.add(name, hold);
}

}  // namespace

void fold_inspector(const AppState& state, Context& context) {
  if (state.kept) return;
  PanelLayout panels = state.panels;
  panels.inspector_open = !panels.inspector_open;
  context.emit(action::SetPanels{panels});
}

void inspector(const AppState& state, Context& context, const Rect& where) {
  ImDrawList& list = *ImGui::GetWindowDrawList();
  const float margin = context.px(Theme::margin);
  const bool open = state.panels.inspector_open;
  const Rect corner{{where.to.x - margin, where.from.y + margin / 2},
                    {where.to.x, where.from.y + 2 * margin}};
  fold_button(state, context, where, open ? corner : where);
  list.AddLine({where.from.x + 0.5f, where.from.y}, {where.from.x + 0.5f, where.to.y},
               context.theme.hairline);
  if (!open) return;
  const Rect inner{{where.from.x + margin, where.from.y + margin},
                   {where.to.x - margin, where.to.y - margin / 2}};
  ImGui::SetCursorScreenPos(inner.from);
  ImGui::BeginChild("inspector", {inner.width(), inner.height()});
  if (const auto scene = scene_of(state, context.engine)) {
    // What is hovered goes before what is pinned.
    const Hovered& hovered = state.selection.hovered;
    const auto channel = hovered.group && !hovered.channel ? std::nullopt : state.selection.channel();
    const auto& place = state.selection.place();
    const auto group = channel ? std::nullopt : selected_group(state, context, *scene);
    if (group) group_facts(state, context, *scene, *group);
    if (group && place) ImGui::Dummy({1, context.px(10)});
    if (channel) channel_facts(state, context, *scene, *channel);
    if (channel && place) ImGui::Dummy({1, context.px(10)});
    if (place) position_facts(state, context, *scene, *place);
    if (!channel && !group && !place) {
      section_title(context, "Inspector");
      hint(context, inner.width());
    }
  }
  ImGui::EndChild();
}

}  // namespace tessera::ui
