#include "ui/widgets/signed_bar.h"

#include <algorithm>
#include <cmath>

#include "ui/widgets/provisional.h"
#include "ui/widgets/text.h"

namespace tessera::ui {
namespace {

float share(float value, float reach) {
  if (!(reach > 0) || !std::isfinite(value)) return 0;
  return std::clamp(std::abs(value) / reach, 0.0f, 1.0f);
}

double to_two_digits(double value) {
  if (value == 0 || !std::isfinite(value)) return value;
  const double step = std::pow(10.0, std::floor(std::log10(std::abs(value))) - 1);
  return std::round(value / step) * step;
}

void fill_bar(Context& context, const Rect& bar, ImU32 color, const Certainty& certainty) {
  if (context.draws_provisional(certainty))
    hatched_bar(context, bar, color);
  else
    ImGui::GetWindowDrawList()->AddRectFilled(bar.from, bar.to, color, context.px(1));
}

}  // namespace

void signed_bar(Context& context, float value, float reach, const Rect& where, bool two_sided,
                const Certainty& certainty) {
  ImDrawList& list = *ImGui::GetWindowDrawList();
  const ImU32 color = sign_color(context, double(value), certainty);
  if (!two_sided) {
    plain_bar(context, value, reach, where, color, certainty);
    return;
  }
  const float zero = std::round(where.center().x);
  const float length = share(value, reach) * where.width() / 2;
  const float end = value < 0 ? zero - length : zero + length;
  list.AddLine({zero, where.from.y - context.px(2)}, {zero, where.to.y + context.px(2)}, context.theme.faint);
  fill_bar(context, {{std::min(zero, end), where.from.y}, {std::max(zero, end), where.to.y}}, color,
           certainty);
}

void plain_bar(Context& context, float value, float reach, const Rect& where, ImU32 color,
               const Certainty& certainty) {
  const float length = std::max(value != 0 ? context.px(1) : 0.0f, share(value, reach) * where.width());
  fill_bar(context, {where.from, {where.from.x + length, where.to.y}}, color, certainty);
}

std::string signed_number(double value, const Certainty& certainty) {
  const std::string text = number(certainty.provisional ? to_two_digits(value) : value);
  const std::string with_sign = value > 0 && text != "0" ? "+" + text : text;
  return certainty.provisional ? "≈" + with_sign : with_sign;
}

void tinted_cell(Context& context, float value, float reach, const std::string& text, const Rect& where,
                 const Certainty& certainty) {
  ImDrawList& list = *ImGui::GetWindowDrawList();
  const ImU32 color = sign_color(context, double(value), certainty);
  // Ink can be read on the strongest; the fainter ink of what is provisional wants a fainter ground.
  const float most_opaque = certainty.provisional ? 0.28f : 0.62f;
  const ImU32 alpha = ImU32((0.06f + (most_opaque - 0.06f) * share(value, reach)) * 255);
  list.AddRectFilled(where.from, where.to, (color & ~IM_COL32_A_MASK) | (alpha << IM_COL32_A_SHIFT),
                     context.px(2));
  if (certainty.provisional)
    hatch(context, where, (color & ~IM_COL32_A_MASK) | (ImU32(70) << IM_COL32_A_SHIFT));
  draw_text(context, context.fonts.number,
            {where.center().x, where.center().y - render::font_size(context.fonts.number) / 2},
            certainty.provisional ? context.theme.muted : context.theme.ink, text, where.width(),
            Align::center);
}

}  // namespace tessera::ui
