#include "ui/widgets/answer_status.h"

#include <algorithm>
#include <cmath>

#include "ui/widgets/text.h"

namespace tessera::ui {

std::string time_left(const engine::Progress& progress, bool at_least) {
  constexpr float worth_saying = 10;  // seconds
  if (!progress.seconds_left || *progress.seconds_left <= worth_saying) return {};
  const double seconds = double(*progress.seconds_left);
  // In steps in which it does not change with every frame.
  const long step = seconds < 60 ? 5 : 10;
  const std::string text = seconds < 100 ? std::to_string(std::lround(seconds / double(step)) * step) + " s"
                           : seconds < 5400 ? std::to_string(std::lround(seconds / 60)) + " min"
                                            : std::to_string(std::lround(seconds / 3600)) + " h";
  return (at_least ? "more than " : "about ") + text + " left";
}

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
  std::string text = progress.stage.empty() ? what : what + " · " + progress.stage;
  if (const std::string time = time_left(progress); !time.empty()) text += " · " + time;
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
