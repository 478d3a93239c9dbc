#include "ui/overlays/messages.h"

#include <algorithm>
#include <string>

#include "ui/overlays/export_status.h"
#include "ui/widgets/controls.h"
#include "ui/widgets/text.h"

namespace tessera::ui {
namespace {

ImU32 color_of(const Theme& theme, MessageKind kind) {
  if (kind == MessageKind::error) return theme.error;
  return kind == MessageKind::warning ? theme.warning : theme.muted;
}

// Returns the height it took, counted upwards from `bottom`.
float message_strip(Context& context, const Message& message, const Rect& stage, float bottom) {
  const float margin = context.px(Theme::margin);
  const float padding = context.px(12);
  const float width = std::min(context.px(640), stage.width() - 2 * margin);
  const float button = context.px(70);
  const float text_width = width - 2 * padding - button;
  ImFont* font = context.fonts.body;
  const float text_height =
      font->CalcTextSizeA(render::font_size(font), 1e9f, text_width, message.text.c_str()).y;
  const float height = text_height + 2 * padding;
  const ImVec2 from{stage.center().x - width / 2, bottom - height};
  ImGui::SetNextWindowPos(from);
  ImGui::SetNextWindowSize({width, height});
  ImGui::PushStyleVar(ImGuiStyleVar_WindowBorderSize, 1);
  ImGui::PushStyleVar(ImGuiStyleVar_WindowRounding, context.px(6));
  ImGui::PushStyleColor(ImGuiCol_WindowBg, context.theme.floating);
  const std::string name = "message/" + std::to_string(message.id);
  ImGui::Begin(name.c_str(), nullptr,
               ImGuiWindowFlags_NoDecoration | ImGuiWindowFlags_NoMove | ImGuiWindowFlags_NoSavedSettings |
                   ImGuiWindowFlags_NoFocusOnAppearing);
  ImDrawList& list = *ImGui::GetWindowDrawList();
  list.AddRectFilled({from.x, from.y + context.px(6)},
                     {from.x + context.px(3), from.y + height - context.px(6)},
                     color_of(context.theme, message.kind));
  draw_wrapped(context, font, {from.x + padding, from.y + padding}, context.theme.ink, message.text,
               text_width);
  ImGui::SetCursorScreenPos({from.x + width - padding - text_size(font, "Dismiss").x, from.y + padding});
  if (text_button(context, name + "/dismiss", "Dismiss")) context.emit(action::DismissMessage{message.id});
  ImGui::End();
  ImGui::PopStyleColor();
  ImGui::PopStyleVar(2);
  return height;
}

}  // namespace

void messages(const AppState& state, Context& context, const Rect& stage) {
  float bottom = stage.to.y - context.px(16) - export_status(state, context, stage);
  for (auto message = state.messages.rbegin(); message != state.messages.rend(); ++message)
    bottom -= message_strip(context, *message, stage, bottom) + context.px(8);
}

}  // namespace tessera::ui
