#include "ui/widgets/check_strip.h"

#include <string>

#include "tessera/session/check_queries.h"
#include "tessera/session/queries.h"
#include "ui/check_warnings.h"
#include "ui/widgets/controls.h"
#include "ui/widgets/text.h"

namespace tessera::ui {
namespace {

constexpr float check_strip_height = 26;

}  // namespace

Rect check_strip(const AppState& state, Context& context, const Rect& where) {
  if (!state.model) return where;
  const auto card = context.engine.peek(session::OpenModel{*state.model}).value;
  if (!card) return where;
  const auto report = session::known_check(context.engine, *state.model, *card);
  if (!report) return where;
  const auto failures = failures_in_view(*report, state, *card);
  if (failures.empty()) return where;

  ImFont* font = context.fonts.small;
  const std::string details = "Details";
  const float gap = context.px(12);
  const float button = context.shown.controls ? text_size(font, details).x + gap : 0;
  const float taken = draw_text(context, font, where.from, context.theme.warning, warning_text(failures),
                                where.width() - button);
  const float bottom = where.from.y + context.px(check_strip_height);
  context.marks.add("check/warning", {where.from, {where.from.x + taken, bottom}});
  ImGui::SetCursorScreenPos({where.from.x + taken + gap, where.from.y});
  if (text_button(context, "check/details", details, font)) context.emit(action::ShowOverlay{Overlay::check});
  return {{where.from.x, bottom}, where.to};
}

}  // namespace tessera::ui
