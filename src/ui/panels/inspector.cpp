#include "ui/panels/inspector.h"

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

}  // namespace

void inspector(const AppState& state, Context& context, const Rect& where) {
  ImDrawList& list = *ImGui::GetWindowDrawList();
  list.AddRectFilled(where.from, where.to, context.theme.panel);
  list.AddLine({where.from.x + 0.5f, where.from.y}, {where.from.x + 0.5f, where.to.y},
               context.theme.hairline);
  const float margin = context.px(Theme::margin);
  const Rect inner{{where.from.x + margin, where.from.y + margin},
                   {where.to.x - margin, where.to.y - margin / 2}};
  ImGui::SetCursorScreenPos(inner.from);
  ImGui::BeginChild("inspector", {inner.width(), inner.height()});
  if (const auto scene = scene_of(state, context.engine)) {
    const auto& channel = state.selection.channel();
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
