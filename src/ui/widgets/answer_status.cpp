#include "ui/widgets/answer_status.h"

#include <algorithm>

#include "ui/widgets/text.h"

namespace tessera::ui {

void draw_pending(Context& context, const Rect& where, const engine::Progress& progress,
                  const std::string& what) {
  ImDrawList& list = *ImGui::GetWindowDrawList();
  const ImVec2 center = where.center();
  const float width = std::min(context.px(140), where.width() * 0.6f);
  const ImVec2 from{center.x - width / 2, center.y};
  const float thickness = context.px(2);
  list.AddRectFilled(from, {from.x + width, from.y + thickness}, context.theme.hairline);
  list.AddRectFilled(from, {from.x + width * std::clamp(progress.fraction, 0.0f, 1.0f), from.y + thickness},
                     context.theme.muted);
  const std::string text = progress.stage.empty() ? what : what + " · " + progress.stage;
  draw_text(context, context.fonts.small, {center.x, center.y + context.px(8)}, context.theme.muted, text,
            where.width(), Align::center);
}

void draw_failed(Context& context, const Rect& where, const Error& error) {
  if (context.failures) context.failures->push_back(error.what());
  const float width = std::min(context.px(420), where.width() - context.px(16));
  const ImVec2 at{where.center().x - width / 2, where.center().y - context.px(20)};
  draw_wrapped(context, context.fonts.body, at, context.theme.error, error.what(), width);
}

}  // namespace tessera::ui
