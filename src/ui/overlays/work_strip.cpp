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
constexpr float after_caption = 20;
constexpr const char* shortest = "Computing…";  // less says nothing

std::string text_of(const engine::Activity& activity) {
  std::string text = activity.progress.stage.empty() ? "Computing" : activity.progress.stage;
  text += " · " + percent(double(activity.progress.fraction));
  if (const std::string time = time_left(activity.progress); !time.empty()) text += " · " + time;
  if (activity.queued > 0) text += " · " + std::to_string(activity.queued) + " more wait";
  return text;
}

}  // namespace

void work_strip(const AppState& state, Context& context, const Rect& stage, float left, WorkMemory& memory) {
  const engine::Activity activity = context.engine.activity();
  const bool works = activity.running > 0 && !state.work_held;
  if (!works)
    memory.since = -1;
  else if (memory.since < 0)
    memory.since = ImGui::GetTime();
  const bool long_enough = works && ImGui::GetTime() - memory.since > moment;
  const float right = stage.to.x - context.px(Theme::margin);
  if (!long_enough && !state.work_held) return;

  ImFont* font = context.fonts.small;
  const std::string text = works ? text_of(activity) : "Stopped: what is missing is not computed";
  const std::string button = works ? "Stop (x)" : "Go on (x)";
  const float gap = context.px(14);
  const float top = std::round(stage.to.y - context.px(4) - render::font_size(font));
  const float button_left = right - text_size(font, button).x;
  const float room = std::min(stage.width() * 0.7f, button_left - gap - left - context.px(after_caption));
  if (room >= text_size(font, shortest).x)
    draw_text(context, font, {button_left - gap, top}, context.theme.muted, text, room, Align::right);
  ImGui::SetCursorScreenPos({button_left, top});
  if (text_button(context, "work/stop", button, font)) context.emit(action::HoldWork{works});
}

}  // namespace tessera::ui
