#include "ui/widgets/view_header.h"

#include <algorithm>
#include <cmath>

#include "ui/widgets/controls.h"
#include "ui/widgets/text.h"

namespace tessera::ui {
namespace {

constexpr float subtitle_top = 30;
constexpr float above_rule = 13.5f;
constexpr float below_rule = 16;
constexpr float between_sides = 24;     // of title or subtitle and what stands to the right of them
constexpr float most_beside = 0.55f;    // of the width, beside the subtitle
constexpr std::size_t rows_beside = 3;  // the title's, and two of the subtitle
constexpr std::size_t subtitle_lines = 2;
// Where choices stand beneath the subtitle:
constexpr float subtitle_top_stacked = 28;
constexpr float above_rows = 4;
constexpr float above_rule_stacked = 3;
constexpr float above_rule_alone = 11;  // where there are none
constexpr float below_rule_stacked = 12;

bool leaves_room_for_choices(const Context& context) {
  return context.shown.controls || context.shown.controls_beside;
}

// Where everything lies; nothing is drawn yet.
struct HeadPlan {
  bool stacked = false;  // choices beneath the subtitle, not beside
  ChoiceRows choices;
  float subtitle_width = 0;
  std::size_t lines = 0;  // of the subtitle, at most
  std::size_t badge_row = 0;
  float badge_width = 0;
  float rule = 0;  // beneath it all
};

TextWithNames badge_text(const Context& context, const HeaderBadge& badge, float room) {
  const std::string whole = shortened(context.fonts.small, badge.text, room);
  return has_numbers_of(badge.text.text, whole) ? badge.text : badge.brief;
}

std::size_t lines_needed(const Context& context, const TextWithNames& text, float width) {
  std::size_t most = subtitle_lines;
  std::vector<std::string> lines = lines_of(context.fonts.small, text, width, most);
  std::string left;
  for (const std::string& line : lines) left += line + ' ';
  if (!has_numbers_of(text.text, left)) ++most;
  return lines_of(context.fonts.small, text, width, most).size();
}

std::size_t lines_of_subtitle(const Context& context, const ViewHead& head, float width) {
  const std::size_t now = lines_needed(context, head.subtitle, width);
  // A file is drawn once: nothing in it may become longer.
  if (head.longest_subtitle.text.empty() || !leaves_room_for_choices(context)) return now;
  return std::max(now, lines_needed(context, head.longest_subtitle, width));
}

float line_height(const Context& context, std::size_t lines) {
  return lines == 0 ? 0
                    : line_step(context, context.fonts.small) * float(lines - 1) +
                          render::font_size(context.fonts.small);
}

std::vector<ChoiceGroup> shown_choices(const Context& context, const ViewHead& head) {
  return leaves_room_for_choices(context) ? head.choices : std::vector<ChoiceGroup>();
}

// Choices to the right of title and subtitle; nothing where there is no room for them.
std::optional<HeadPlan> plan_beside(const Context& context, const ViewHead& head, float width) {
  const float gap = context.px(between_sides);
  const float title = std::min(width, text_size(context.fonts.title, head.title.text).x);
  const float room = width * most_beside;
  HeadPlan plan{false, ChoiceRows(context, shown_choices(context, head), width - title - gap, room)};
  std::size_t rows = plan.choices.count();
  float right = 0;  // of what stands beside the subtitle
  for (std::size_t row = 1; row < rows; ++row) right = std::max(right, plan.choices.width(row));
  if (right > room) return std::nullopt;
  if (head.badge) {
    plan.badge_row = std::max<std::size_t>(1, rows);
    rows = plan.badge_row + 1;
    plan.badge_width = std::min(room, text_size(context.fonts.small, head.badge->longest.text).x);
    if (text_size(context.fonts.small, shortened(context.fonts.small, head.badge->longest, room)).x > room)
      return std::nullopt;
    right = std::max(right, plan.badge_width);
  }
  if (rows > rows_beside) return std::nullopt;
  plan.subtitle_width = width - (right > 0 ? right + gap : 0);
  plan.lines = lines_of_subtitle(context, head, plan.subtitle_width);
  if (plan.lines > subtitle_lines) return std::nullopt;
  const float left_bottom = context.px(subtitle_top) + line_height(context, plan.lines);
  const float right_bottom = rows < 2
                                 ? 0
                                 : context.px(subtitle_top) + ChoiceRows::step(context) * float(rows - 2) +
                                       render::font_size(context.fonts.small);
  plan.rule = std::max(left_bottom, right_bottom) + context.px(above_rule);
  return plan;
}

// Title, subtitle, choices, badge, beneath each other.
HeadPlan plan_stacked(const Context& context, const ViewHead& head, float width) {
  HeadPlan plan{true, ChoiceRows(context, shown_choices(context, head), width, width)};
  plan.subtitle_width = width;
  plan.lines = lines_of_subtitle(context, head, width);
  plan.badge_row = plan.choices.count();
  plan.badge_width = width;
  const std::size_t rows = plan.choices.count() + (head.badge ? 1 : 0);
  const float below_lines = rows > 0 ? above_rows + above_rule_stacked : above_rule_alone;
  plan.rule = context.px(subtitle_top_stacked) + line_height(context, plan.lines) +
              ChoiceRows::step(context) * float(rows) + context.px(below_lines);
  return plan;
}

// Where a row of choices begins, from the head's upper edge.
float top_of_row(const Context& context, const HeadPlan& plan, std::size_t row) {
  if (plan.stacked)
    return context.px(subtitle_top_stacked + above_rows) + line_height(context, plan.lines) +
           ChoiceRows::step(context) * float(row);
  if (row == 0) return render::font_size(context.fonts.title) - render::font_size(context.fonts.body);
  return context.px(subtitle_top) + ChoiceRows::step(context) * float(row - 1);
}

void draw_badge(Context& context, const HeaderBadge& badge, const HeadPlan& plan, ImVec2 right) {
  const TextWithNames text = badge_text(context, badge, plan.badge_width);
  ImFont* font = context.fonts.small;
  if (!context.shown.controls) {
    draw_text(context, font, right, context.theme.muted, text, plan.badge_width, Align::right);
    return;
  }
  const float width = text_size(font, shortened(font, text, plan.badge_width)).x;
  ImGui::SetCursorScreenPos({right.x - width, right.y});
  if (text_button(context, badge.name, text, font, {}, plan.badge_width)) badge.press();
}

}  // namespace

Rect view_header(Context& context, const Rect& where, const ViewHead& head) {
  const float width = where.width();
  std::optional<HeadPlan> beside;
  if (!context.beside) beside = plan_beside(context, head, width);
  const HeadPlan plan = beside ? *beside : plan_stacked(context, head, width);

  const float first_row = !plan.stacked && plan.choices.count() > 0 ? plan.choices.width(0) : 0;
  draw_text(context, context.fonts.title, where.from, context.theme.ink, head.title,
            first_row > 0 ? width - first_row - context.px(between_sides) : width);
  draw_lines(context, context.fonts.small,
             {where.from.x, where.from.y + context.px(plan.stacked ? subtitle_top_stacked : subtitle_top)},
             context.theme.muted, head.subtitle, plan.subtitle_width, plan.lines);
  for (std::size_t row = 0; row < plan.choices.count(); ++row)
    plan.choices.draw(context, row,
                      {where.to.x - plan.choices.width(row), where.from.y + top_of_row(context, plan, row)});
  if (head.badge)
    draw_badge(context, *head.badge, plan,
               {where.to.x, where.from.y + top_of_row(context, plan, plan.badge_row)});

  const float height = context.agreed_room("head", plan.rule);
  const float rule = std::round(where.from.y + height) - 0.5f;
  ImGui::GetWindowDrawList()->AddLine({where.from.x, rule}, {where.to.x, rule}, context.theme.hairline);
  const float below = context.px(plan.stacked ? below_rule_stacked : below_rule);
  return {{where.from.x, where.from.y + height + below}, where.to};
}

}  // namespace tessera::ui
