#include "ui/overlays/work_strip.h"

#include <algorithm>
#include <cmath>
#include <string>

#include "ui/widgets/answer_status.h"
#include "ui/widgets/controls.h"
#include "ui/widgets/text.h"

namespace tessera::ui {
namespace {

constexpr double moment = 0.3;  // seconds

std::string text_of(const engine::Activity& activity) {
  std::string text = activity.progress.stage.empty() ? "Computing" : activity.progress.stage;
  text += " · " + percent(double(activity.progress.fraction));
  if (const std::string time = time_left(activity.progress); !time.empty()) text += " · " + time;
  if (activity.queued > 0) text += " · " + std::to_string(activity.queued) + " more wait";
  return text;
}

}  // namespace

float work_strip(const AppState& state, Context& context, const Rect& stage, WorkMemory& memory) {
  const engine::Activity activity = context.engine.activity();
  const bool works = activity.running > 0 && !state.work_held;
  if (!works)
    memory.since = -1;
  else if (memory.since < 0)
    memory.since = ImGui::GetTime();
  const bool long_enough = works && ImGui::GetTime() - memory.since > moment;
  const float right = stage.to.x - context.px(Theme::margin);
  if (!long_enough && !state.work_held) return right;

  ImFont* font = context.fonts.small;
  const std::string text = works ? text_of(activity) : "Stopped: what is missing is not computed";
  const std::string button = works ? "Stop (x)" : "Go on (x)";
  const float gap = context.px(14);
  const float top = std::round(stage.to.y - context.px(4) - render::font_size(font));
  const float left = right - text_size(font, button).x;
  const float taken = draw_text(context, font, {left - gap, top}, context.theme.muted, text,
                                stage.width() * 0.7f, Align::right);
  ImGui::SetCursorScreenPos({left, top});
  if (text_button(context, "work/stop", button, font)) context.emit(action::HoldWork{works});
  return left - gap - taken;
}

}  // namespace tessera::ui
