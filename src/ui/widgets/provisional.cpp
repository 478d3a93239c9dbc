#include "ui/widgets/provisional.h"

#include <algorithm>
#include <cmath>

#include "ui/attributions.h"
#include "ui/widgets/answer_status.h"
#include "ui/widgets/text.h"

namespace tessera::ui {
namespace {

constexpr float stroke_step = 5;  // unscaled pixels, along either axis
constexpr float bar_opacity = 0.2f;
constexpr double left_of_hue = 0.3;

ImU32 at_opacity(ImU32 color, float opacity) {
  return (color & ~IM_COL32_A_MASK) | (ImU32(opacity * 255) << IM_COL32_A_SHIFT);
}

}  // namespace

ImU32 sign_color(const Context& context, double value, const Certainty& certainty) {
  if (context.draws_provisional(certainty)) return context.theme.provisional;
  return value < 0 ? context.theme.minus : context.theme.plus;
}

ImU32 number_ink(const Context& context, ImU32 usual, const Certainty& certainty) {
  return context.draws_provisional(certainty) ? context.theme.provisional : usual;
}

std::string sum_text(const Context& context, const std::string& text, const Certainty& certainty) {
  return context.draws_provisional(certainty) ? "…" : text;
}

ImU32 faded(ImU32 color) {
  const auto part = [&](int shift) { return double((color >> shift) & 255); };
  const double red = part(IM_COL32_R_SHIFT), green = part(IM_COL32_G_SHIFT), blue = part(IM_COL32_B_SHIFT);
  const double grey = 0.30 * red + 0.59 * green + 0.11 * blue;
  const auto left = [&](double value) { return int(std::lround(std::lerp(grey, value, left_of_hue))); };
  return IM_COL32(left(red), left(green), left(blue), int(part(IM_COL32_A_SHIFT)));
}

// Along x + y = constant, at multiples of the step on screen: strokes of neighbours go on in each other, and
// do not move while a bar grows.
void hatch(const Context& context, const Rect& where, ImU32 color) {
  ImDrawList& list = *ImGui::GetWindowDrawList();
  const float step = context.px(stroke_step);
  if (!(where.width() > 0) || !(where.height() > 0) || !(step > 0)) return;
  const float last = where.to.x + where.to.y;
  for (float sum = std::ceil((where.from.x + where.from.y) / step) * step; sum < last; sum += step) {
    const float top = std::max(where.from.y, sum - where.to.x);
    const float bottom = std::min(where.to.y, sum - where.from.x);
    list.AddLine({sum - top, top}, {sum - bottom, bottom}, color, context.px(1));
  }
}

void hatch(const Context& context, const Rect& where) {
  hatch(context, where, at_opacity(context.theme.provisional, 0.45f));
}

void hatched_bar(const Context& context, const Rect& where, ImU32 color) {
  ImGui::GetWindowDrawList()->AddRectFilled(where.from, where.to, at_opacity(color, bar_opacity),
                                            context.px(1));
  hatch(context, where, color);
}

std::string provisional_text(const ProvisionalNote& note) {
  const std::string steps = std::to_string(sketch_steps) + " steps";
  const std::string what =
      note.is_by_steps() ? "≈ integrated gradients by " + steps : "≈ gradient × activation";
  if (!note.is_awaited())
    return note.error() ? what + ": integrated gradients are not to be had. " + note.error()->what() : what;
  std::string text =
      what + (note.is_by_steps() ? ", until those by " + std::to_string(path_steps) + " are there"
                                 : std::string(", until integrated gradients are there"));
  const std::string time = time_left(note.progress(), note.others_wait());
  if (note.progress().fraction > 0)
    text += ": " + std::to_string(std::lround(note.progress().fraction * 100)) + " %";
  if (!time.empty()) text += ", " + time;
  return text + ". Signs and order may change";
}

}  // namespace tessera::ui
