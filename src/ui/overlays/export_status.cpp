#include "ui/overlays/export_status.h"

#include <algorithm>
#include <string>

#include "ui/widgets/controls.h"
#include "ui/widgets/text.h"

namespace tessera::ui {

float export_status(const AppState& state, Context& context, const Rect& stage) {
  if (!state.exports.running) return 0;
  const float padding = context.px(12);
  const float width = std::min(context.px(420), stage.width() - context.px(40));
  const float height = render::font_size(context.fonts.body) + 2 * padding;
  const ImVec2 from{stage.center().x - width / 2, stage.to.y - context.px(16) - height};
  ImGui::SetNextWindowPos(from);
  ImGui::SetNextWindowSize({width, height});
  ImGui::PushStyleVar(ImGuiStyleVar_WindowBorderSize, 1);
  ImGui::PushStyleVar(ImGuiStyleVar_WindowRounding, context.px(6));
  ImGui::PushStyleColor(ImGuiCol_WindowBg, context.theme.floating);
  ImGui::Begin("export status", nullptr,
               ImGuiWindowFlags_NoDecoration | ImGuiWindowFlags_NoMove | ImGuiWindowFlags_NoSavedSettings |
                   ImGuiWindowFlags_NoFocusOnAppearing);
  const float cancel = text_size(context.fonts.body, "Cancel").x;
  draw_text(context, context.fonts.body, {from.x + padding, from.y + padding}, context.theme.ink,
            "Making " + state.exports.running->file.filename().string() + " …", width - cancel - 3 * padding);
  ImGui::SetCursorScreenPos({from.x + width - padding - cancel, from.y + padding});
  if (text_button(context, "export status/cancel", "Cancel")) context.emit(action::CancelExport{});
  ImGui::End();
  ImGui::PopStyleColor();
  ImGui::PopStyleVar(2);
  return height + context.px(8);
}

}  // namespace tessera::ui
