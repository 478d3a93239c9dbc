#include "ui/panels/panel_dividers.h"

#include <algorithm>
#include <cmath>
#include <optional>
#include <string>

#include "ui/panels/rail.h"

namespace tessera::ui {
namespace {

constexpr float outside = 6;  // unscaled pixels of the stage's margin that take hold of the edge too

// The width that a panel gets by what is done to its edge; nothing: as it is.
std::optional<float> divider(Context& context, const char* name, float edge, const Rect& hold, float pulled,
                             float at_first) {
  ImGui::SetCursorScreenPos(hold.from);
  ImGui::InvisibleButton(name, {hold.width(), hold.height()});
  context.marks.add(name, hold);
  const bool active = ImGui::IsItemActive();
  if (!active && !ImGui::IsItemHovered()) return std::nullopt;
  ImGui::SetMouseCursor(ImGuiMouseCursor_ResizeEW);
  ImGui::GetWindowDrawList()->AddRectFilled({edge - context.px(1), hold.from.y},
                                            {edge + context.px(1), hold.to.y},
                                            active ? context.theme.accent : context.theme.faint);
  if (ImGui::IsMouseDoubleClicked(0)) return at_first;
  const bool pulls = active && ImGui::IsMouseDragging(0, context.px(2));
  return pulls ? std::optional(std::round(pulled / context.scale)) : std::nullopt;
}

}  // namespace

void panel_dividers(Context& context, const PanelLayout& panels, const Rect& rail, const Rect& inspector,
                    bool has_inspector) {
  const PanelLayout at_first;
  const float mouse = ImGui::GetIO().MousePos.x;
  const float inside = context.px(panel_edge), beyond = context.px(outside);
  PanelLayout changed = panels;
  const Rect of_rail{{rail.to.x - inside, rail.from.y}, {rail.to.x + beyond, rail.to.y}};
  if (const auto width = divider(context, "rail/divider", rail.to.x - 0.5f, of_rail, mouse - rail.from.x,
                                 at_first.rail_width))
    changed.rail_width = *width;
  const Rect of_inspector{{inspector.from.x - beyond, inspector.from.y},
                          {inspector.from.x + inside, inspector.to.y}};
  if (has_inspector && panels.inspector_open)
    if (const auto width = divider(context, "inspector/divider", inspector.from.x + 0.5f, of_inspector,
                                   inspector.to.x - mouse, at_first.inspector_width))
      changed.inspector_width = *width;
  changed = sensible(changed);
  if (changed != panels) context.emit(action::SetPanels{changed});
}

}  // namespace tessera::ui
