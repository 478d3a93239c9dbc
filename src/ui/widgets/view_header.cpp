#include "ui/widgets/view_header.h"

#include <algorithm>
#include <cmath>

#include "ui/widgets/text.h"

namespace tessera::ui {
namespace {

constexpr float second_line = 30;
constexpr float height = 58;
constexpr float below = 16;

}  // namespace

Rect view_header(Context& context, const Rect& where, const std::string& title, const std::string& subtitle,
                 float second_share) {
  ImDrawList& list = *ImGui::GetWindowDrawList();
  // In half a stage the choices take more of the line.
  const float share = context.beside && context.shown.controls ? 0.46f : 0.66f;
  draw_text(list, context.fonts.title, where.from, context.theme.ink, title, where.width() * share);
  draw_text(list, context.fonts.small, {where.from.x, where.from.y + context.px(second_line)},
            context.theme.muted, subtitle, where.width() * std::min(share, second_share));
  const float rule = std::round(where.from.y + context.px(height)) - 0.5f;
  list.AddLine({where.from.x, rule}, {where.to.x, rule}, context.theme.hairline);
  return {{where.from.x, where.from.y + context.px(height + below)}, where.to};
}

float view_header_choices(const Context& context, const Rect& where) {
  return where.from.y + render::font_size(context.fonts.title) - render::font_size(context.fonts.body);
}

float view_header_aside(const Context& context, const Rect& where) {
  return where.from.y + context.px(second_line);
}

}  // namespace tessera::ui
