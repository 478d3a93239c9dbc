#include "ui/overlays/shortcut_list.h"

#include "ui/overlays/overlay.h"
#include "ui/shortcuts.h"
#include "ui/widgets/text.h"

namespace tessera::ui {

void shortcut_list(Context& context, const Rect& window) {
  const auto listed = shortcuts();
  const float row = 24;
  overlay_panel(context, "shortcuts", "Shortcuts", 620, 90 + row * float(listed.size()), window, [&] {
    ImGui::Dummy({1, context.px(4)});
    ImVec2 at = ImGui::GetCursorScreenPos();
    for (const Shortcut& shortcut : listed) {
      draw_text(context, context.fonts.strong, at, context.theme.ink, shortcut.keys);
      draw_text(context, context.fonts.body, {at.x + context.px(130), at.y}, context.theme.muted,
                shortcut.effect);
      at.y += context.px(row);
    }
  });
}

}  // namespace tessera::ui
