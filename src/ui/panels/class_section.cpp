#include "ui/panels/class_section.h"

#include <algorithm>
#include <string>

#include "tessera/session/queries.h"
#include "ui/widgets/answer_status.h"
#include "ui/widgets/text.h"

namespace tessera::ui {
namespace {

constexpr std::size_t shown_classes = 10;
constexpr float row_height = 20;
constexpr float bar_width = 52;

void class_row(Context& context, const model::ClassScore& score) {
  ImDrawList& list = *ImGui::GetWindowDrawList();
  const float width = ImGui::GetContentRegionAvail().x;
  const ImVec2 at = ImGui::GetCursorScreenPos();
  const std::string name = "rail/class/" + std::to_string(score.index);
  ImGui::InvisibleButton(name.c_str(), {width, context.px(row_height)});
  const bool hovered = ImGui::IsItemHovered();
  const Rect row{at, {at.x + width, at.y + context.px(row_height)}};
  const float text_y = at.y + (row.height() - render::font_size(context.fonts.body)) / 2;
  const float number_width = context.px(48);
  const float bar_from = row.to.x - number_width - context.px(bar_width);
  draw_text(list, context.fonts.body, {at.x, text_y}, hovered ? context.theme.accent : context.theme.ink,
            score.label, bar_from - at.x - context.px(10));
  const float middle = row.center().y;
  const float thickness = context.px(7);
  const float length = std::max(context.px(1), context.px(bar_width) * score.probability);
  list.AddRectFilled({bar_from, middle - thickness / 2}, {bar_from + length, middle + thickness / 2},
                     hovered ? context.theme.accent : context.theme.bar);
  draw_text(list, context.fonts.number,
            {row.to.x, at.y + (row.height() - render::font_size(context.fonts.number)) / 2},
            context.theme.muted, percent(score.probability), 0, Align::right);
  context.marks.add(name, row);
  if (hovered)
    ImGui::SetTooltip("%s\nclass %d · logit %s · probability %.4f", score.label.c_str(), score.index,
                      number(score.logit).c_str(), double(score.probability));
}

}  // namespace

void class_section(const AppState& state, Context& context) {
  section_title(context, "Classes", state.model && state.image ? "probability" : "");
  const ImVec2 at = ImGui::GetCursorScreenPos();
  const float width = ImGui::GetContentRegionAvail().x;
  // As high as it will be when the answer is there, so that nothing jumps.
  const float height = context.px(row_height) * float(shown_classes);
  if (!state.model || !state.image) {
    const bool coming = state.pending_model || state.pending_image;
    draw_text(*ImGui::GetWindowDrawList(), context.fonts.body, at, context.theme.muted,
              coming ? "…" : "No image classified yet");
    ImGui::Dummy({width, height});
    return;
  }
  const auto verdict = value_or_status(
      context, context.engine.ask(session::Classify{*state.model, *state.image}, engine::Visibility::focused),
      {at, {at.x + width, at.y + height}}, "Classes");
  if (!verdict) {
    ImGui::Dummy({width, height});
    return;
  }
  ImGui::PushStyleVar(ImGuiStyleVar_ItemSpacing, {0, 0});
  for (std::size_t i = 0; i < std::min(shown_classes, verdict->classes.size()); ++i)
    class_row(context, verdict->classes[i]);
  ImGui::PopStyleVar();
  for (const std::string& warning : verdict->warnings) {
    const ImVec2 line = ImGui::GetCursorScreenPos();
    const float used = draw_wrapped(*ImGui::GetWindowDrawList(), context.fonts.small, line,
                                    context.theme.warning, warning, width);
    ImGui::Dummy({width, used + context.px(2)});
    context.marks.add("rail/verdict", {line, {line.x + width, line.y + used}});
  }
}

}  // namespace tessera::ui
