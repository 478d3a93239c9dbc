#include "ui/widgets/change_list.h"

#include <algorithm>
#include <cmath>
#include <string>
#include <vector>

#include "ui/widgets/class_list.h"
#include "ui/widgets/provisional.h"
#include "ui/widgets/signed_bar.h"
#include "ui/widgets/text.h"

namespace tessera::ui {
namespace {

// The prediction as a bracket around the bar, so that both can be read on one line.
void outline(Context& context, float value, float reach, const Rect& scale, const Certainty& certainty) {
  if (!(reach > 0) || !std::isfinite(value)) return;
  const float zero = std::round(scale.center().x);
  const float end = zero + std::clamp(value / reach, -1.0f, 1.0f) * scale.width() / 2;
  ImGui::GetWindowDrawList()->AddRect(
      {std::min(zero, end), scale.from.y - context.px(2)}, {std::max(zero, end), scale.to.y + context.px(2)},
      sign_color(context, double(value), certainty), context.px(1), 0, context.px(1));
}

}  // namespace

void change_list(Context& context, const Scene& scene, std::span<const float> predicted,
                 const Certainty& of_predicted, std::span<const float> actual, int rows, float bar_width) {
  if (!scene.verdict) return;
  const int shown = std::min(rows, int(scene.verdict->classes.size()));
  float reach = 0;
  for (int i = 0; i < shown; ++i) {
    const std::size_t index = std::size_t(scene.verdict->classes[std::size_t(i)].index);
    if (index < predicted.size()) reach = std::max(reach, std::abs(predicted[index]));
    if (index < actual.size()) reach = std::max(reach, std::abs(actual[index]));
  }
  std::vector<std::string> numbers;
  for (int i = 0; i < shown; ++i) {
    const std::size_t index = std::size_t(scene.verdict->classes[std::size_t(i)].index);
    numbers.push_back(index < actual.size() ? signed_number(double(actual[index])) : "…");
  }
  const float number_width = class_number_width(context, numbers);
  const float width = ImGui::GetContentRegionAvail().x;
  const float height = context.px(class_row_height);
  for (int i = 0; i < shown; ++i) {
    const int class_index = scene.verdict->classes[std::size_t(i)].index;
    const std::size_t index = std::size_t(class_index);
    const ImVec2 at = ImGui::GetCursorScreenPos();
    const Rect row{at, {at.x + width, at.y + height}};
    const float bar_from = row.to.x - number_width - context.px(bar_width);
    const float text_y = at.y + (height - render::font_size(context.fonts.body)) / 2;
    draw_text(context, context.fonts.body, {at.x + context.px(10), text_y}, context.theme.ink,
              scene.label(class_index), bar_from - at.x - context.px(20));
    const float thickness = context.px(6);
    const Rect bar{{bar_from, row.center().y - thickness / 2},
                   {bar_from + context.px(bar_width), row.center().y + thickness / 2}};
    if (index < actual.size()) signed_bar(context, actual[index], reach, bar, true, {});
    if (index < predicted.size()) outline(context, predicted[index], reach, bar, of_predicted);
    draw_text(context, context.fonts.number,
              {row.to.x, at.y + (height - render::font_size(context.fonts.number)) / 2}, context.theme.muted,
              numbers[std::size_t(i)], 0, Align::right);
    context.marks.add("change/" + std::to_string(class_index), row);
    ImGui::SetCursorScreenPos({at.x, at.y + height});
  }
  ImGui::Dummy({width, 0});
}

}  // namespace tessera::ui
