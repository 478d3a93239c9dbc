#include "ui/drawn.h"

#include "ui/context.h"

namespace tessera::ui {
namespace {

Rect current_clip() {
  const ImVec4& clip = ImGui::GetWindowDrawList()->_ClipRectStack.back();
  return {{clip.x, clip.y}, {clip.z, clip.w}};
}

}  // namespace

void record_text(Context& context, const Rect& where, std::string_view text, std::string_view full) {
  if (!context.drawn) return;
  context.drawn->texts.push_back({ImGui::GetWindowDrawList()->_OwnerName, where, current_clip(),
                                  ImGui::GetScrollMaxY() > 0, std::string(text), std::string(full)});
}

void mark_control(Context& context, const std::string& name, const Rect& where) {
  context.marks.add(name, where);
  record_control(context, where, name);
}

void record_control(Context& context, const Rect& where, const std::string& name) {
  if (!context.drawn) return;
  context.drawn->controls.push_back(
      {ImGui::GetWindowDrawList()->_OwnerName, where, current_clip(), ImGui::GetScrollMaxY() > 0, name});
}

}  // namespace tessera::ui
