#include "ui/widgets/signed_bar.h"

#include <algorithm>
#include <cmath>

#include "ui/widgets/text.h"

namespace tessera::ui {
namespace {

float share(float value, float reach) {
  if (!(reach > 0) || !std::isfinite(value)) return 0;
  return std::clamp(std::abs(value) / reach, 0.0f, 1.0f);
}

}  // namespace

void signed_bar(Context& context, float value, float reach, const Rect& where, bool two_sided) {
  ImDrawList& list = *ImGui::GetWindowDrawList();
  const ImU32 color = value < 0 ? context.theme.minus : context.theme.plus;
  if (!two_sided) {
    plain_bar(context, value, reach, where, color);
    return;
  }
  const float zero = std::round(where.center().x);
  const float length = share(value, reach) * where.width() / 2;
  const float end = value < 0 ? zero - length : zero + length;
  list.AddLine({zero, where.from.y - context.px(2)}, {zero, where.to.y + context.px(2)}, context.theme.faint);
  list.AddRectFilled({std::min(zero, end), where.from.y}, {std::max(zero, end), where.to.y}, color,
                     context.px(1));
}

void plain_bar(Context& context, float value, float reach, const Rect& where, ImU32 color) {
  const float length = std::max(value != 0 ? context.px(1) : 0.0f, share(value, reach) * where.width());
  ImGui::GetWindowDrawList()->AddRectFilled(where.from, {where.from.x + length, where.to.y}, color,
                                            context.px(1));
}

std::string signed_number(double value) {
  const std::string text = number(value);
  return value > 0 && text != "0" ? "+" + text : text;
}

void tinted_cell(Context& context, float value, float reach, const std::string& text, const Rect& where) {
  ImDrawList& list = *ImGui::GetWindowDrawList();
  const ImU32 color = value < 0 ? context.theme.minus : context.theme.plus;
  constexpr float most_opaque = 0.62f;  // ink can be read on the strongest
  const ImU32 alpha = ImU32((0.06f + (most_opaque - 0.06f) * share(value, reach)) * 255);
  list.AddRectFilled(where.from, where.to, (color & ~IM_COL32_A_MASK) | (alpha << IM_COL32_A_SHIFT),
                     context.px(2));
  draw_text(context, context.fonts.number,
            {where.center().x, where.center().y - render::font_size(context.fonts.number) / 2},
            context.theme.ink, text, where.width(), Align::center);
}

}  // namespace tessera::ui
