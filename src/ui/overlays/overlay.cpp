#include "ui/overlays/overlay.h"

#include <algorithm>

#include "ui/widgets/controls.h"
#include "ui/widgets/text.h"

namespace tessera::ui {

void overlay_panel(Context& context, const std::string& name, const std::string& title, float width,
                   float height, const Rect& window, const std::function<void()>& content) {
  const ImVec2 size{std::min(context.px(width), window.width() - context.px(40)),
                    std::min(context.px(height), window.height() - context.px(40))};
  const ImVec2 from{window.center().x - size.x / 2, window.from.y + (window.height() - size.y) * 0.4f};
  const Rect where{from, {from.x + size.x, from.y + size.y}};
  ImGui::SetNextWindowPos(where.from);
  ImGui::SetNextWindowSize(size);
  const float margin = context.px(24);
  ImGui::PushStyleVar(ImGuiStyleVar_WindowPadding, {margin, margin});
  ImGui::PushStyleVar(ImGuiStyleVar_WindowRounding, context.px(8));
  ImGui::PushStyleVar(ImGuiStyleVar_WindowBorderSize, 1);
  ImGui::PushStyleColor(ImGuiCol_WindowBg, context.theme.floating);
  ImGui::Begin(name.c_str(), nullptr,
               ImGuiWindowFlags_NoDecoration | ImGuiWindowFlags_NoMove | ImGuiWindowFlags_NoSavedSettings);
  if (ImGui::IsWindowAppearing()) ImGui::SetWindowFocus();
  section_title(context, title);
  content();
  const bool clicked_beside = ImGui::IsMouseClicked(0) && !where.contains(ImGui::GetIO().MousePos) &&
                              !ImGui::IsWindowAppearing() &&
                              !ImGui::IsPopupOpen("", ImGuiPopupFlags_AnyPopup);
  if (clicked_beside) context.emit(action::ShowOverlay{Overlay::none});
  context.marks.add("overlay/" + name, where);
  ImGui::End();
  ImGui::PopStyleColor();
  ImGui::PopStyleVar(3);
}

}  // namespace tessera::ui
