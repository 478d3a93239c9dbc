#include "ui/widgets/view_header.h"

#include <algorithm>
#include <cmath>

#include "ui/widgets/text.h"

namespace tessera::ui {
namespace {

constexpr float second_line = 30;
constexpr float height = 58;
constexpr float below = 16;
constexpr float title_share = 0.66f;         // of the width, where choices take the rest
constexpr float beside_trust_badge = 0.52f;  // of the width, in the second line
// In half a stage:
constexpr float half_height = 66;  // with two lines of text beneath the title
constexpr float half_row = 23;     // of choices
constexpr float half_below = 12;

bool has_choices(const Context& context) { return context.shown.controls || context.shown.controls_beside; }

int rows_of_choices(const Context& context, HeaderWith with) {
  const int choices = has_choices(context) ? 1 : 0;
  if (with == HeaderWith::nothing) return 0;
  if (with == HeaderWith::choices_and_badge) return choices + 1;
  return with == HeaderWith::choices_and_more ? 2 * choices : choices;
}

Rect header_of_half(Context& context, const Rect& where, const std::string& title,
                    const std::string& subtitle, HeaderWith with) {
  ImDrawList& list = *ImGui::GetWindowDrawList();
  draw_text(context, context.fonts.title, where.from, context.theme.ink, title, where.width());
  const float top = where.from.y + context.px(second_line - 2);
  const float two_lines = 2 * render::font_size(context.fonts.small) + context.px(3);
  list.PushClipRect({where.from.x, top}, {where.to.x, top + two_lines}, true);
  draw_wrapped(context, context.fonts.small, {where.from.x, top}, context.theme.muted, subtitle,
               where.width());
  list.PopClipRect();
  const float tall = half_height + half_row * float(rows_of_choices(context, with));
  const float rule = std::round(where.from.y + context.px(tall)) - 0.5f;
  list.AddLine({where.from.x, rule}, {where.to.x, rule}, context.theme.hairline);
  return {{where.from.x, where.from.y + context.px(tall + half_below)}, where.to};
}

}  // namespace

Rect view_header(Context& context, const Rect& where, const std::string& title, const std::string& subtitle,
                 HeaderWith with) {
  if (context.beside) return header_of_half(context, where, title, subtitle, with);
  ImDrawList& list = *ImGui::GetWindowDrawList();
  draw_text(context, context.fonts.title, where.from, context.theme.ink, title, where.width() * title_share);
  const float share = with == HeaderWith::choices_and_badge ? beside_trust_badge : title_share;
  draw_text(context, context.fonts.small, {where.from.x, where.from.y + context.px(second_line)},
            context.theme.muted, subtitle, where.width() * share);
  const float rule = std::round(where.from.y + context.px(height)) - 0.5f;
  list.AddLine({where.from.x, rule}, {where.to.x, rule}, context.theme.hairline);
  return {{where.from.x, where.from.y + context.px(height + below)}, where.to};
}

float view_header_choices(const Context& context, const Rect& where) {
  if (context.beside) return where.from.y + context.px(half_height - 3);
  return where.from.y + render::font_size(context.fonts.title) - render::font_size(context.fonts.body);
}

float view_header_aside(const Context& context, const Rect& where) {
  if (!context.beside) return where.from.y + context.px(second_line);
  return view_header_choices(context, where) + (has_choices(context) ? context.px(half_row) : 0);
}

}  // namespace tessera::ui
