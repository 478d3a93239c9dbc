#include "ui/widgets/check_strip.h"

#include <algorithm>
#include <string>

#include "tessera/session/check_queries.h"
#include "tessera/session/queries.h"
#include "ui/check_warnings.h"
#include "ui/widgets/controls.h"
#include "ui/widgets/text.h"

namespace tessera::ui {
namespace {

constexpr float below_warning = 11.5f;
constexpr std::size_t most_warning_lines = 3;

}  // namespace

Rect check_strip(const AppState& state, Context& context, const Rect& where) {
  if (!state.model) return where;
  const auto card = context.engine.peek(session::OpenModel{*state.model}).value;
  if (!card) return where;
  const auto report = session::known_check(context.engine, *state.model, *card);
  if (!report) return where;
  const auto failures = failures_in_view(*report, state, *card);
  if (failures.empty())
    return {{where.from.x, where.from.y + context.agreed_room("check strip", 0)}, where.to};

  ImFont* font = context.fonts.small;
  const std::string details = "Details";
  const float gap = context.px(12);
  const float button = context.shown.controls ? text_size(font, details).x + gap : 0;
  TextWithNames warning{warning_text(failures)};
  for (const check::Line* line : failures) warning.names.push_back(line->layer);
  const float room = where.width() - button;
  const auto lines = lines_of(font, warning, room, most_warning_lines);
  float taken = 0;
  for (const std::string& line : lines) taken = std::max(taken, text_size(font, line).x);
  const float height =
      draw_lines(context, font, where.from, context.theme.warning, warning, room, lines.size());
  const float needed = height + context.px(below_warning);
  const float bottom = where.from.y + context.agreed_room("check strip", needed);
  context.marks.add("check/warning", {where.from, {where.from.x + taken, where.from.y + needed}});
  ImGui::SetCursorScreenPos({where.from.x + taken + gap, where.from.y});
  if (text_button(context, "check/details", details, font)) context.emit(action::ShowOverlay{Overlay::check});
  return {{where.from.x, bottom}, where.to};
}

}  // namespace tessera::ui
