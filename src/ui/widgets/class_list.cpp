#include "ui/widgets/class_list.h"

#include <algorithm>
#include <cmath>
#include <vector>

#include "ui/attributions.h"
#include "ui/keys.h"
#include "ui/widgets/provisional.h"
#include "ui/widgets/signed_bar.h"
#include "ui/widgets/text.h"

namespace tessera::ui {
namespace {

struct ClassValue {
  int index = 0;
  std::string text;
};

// One class: its name, a bar that `draw_bar` fills, a number.
template <class DrawBar>
void class_row(const AppState& state, Context& context, const Scene& scene, const std::string& name,
               const ClassValue& value, float bar_width, float number_width, ImU32 ink,
               const DrawBar& draw_bar) {
  const int index = value.index;
  ImDrawList& list = *ImGui::GetWindowDrawList();
  const float width = ImGui::GetContentRegionAvail().x;
  const ImVec2 at = ImGui::GetCursorScreenPos();
  const std::string id = name + "/" + std::to_string(index);
  const float height = context.px(class_row_height);
  if (ImGui::InvisibleButton(id.c_str(), {width, height}))
    context.emit(action::ChooseClass{index, control_held(), scene.objective});
  const bool hovered = ImGui::IsItemHovered();
  if (hovered) context.hover.class_index = index;
  const Rect row{at, {at.x + width, at.y + height}};
  const float inset = context.px(10);
  const bool plus = scene.objective && scene.objective->plus == index;
  const bool minus = scene.objective && scene.objective->minus == index;
  if (plus || minus)
    list.AddRectFilled({row.from.x, row.from.y + context.px(3)},
                       {row.from.x + context.px(3), row.to.y - context.px(3)},
                       minus ? context.theme.minus : context.theme.plus, context.px(1));
  const float text_y = at.y + (height - render::font_size(context.fonts.body)) / 2;
  const float bar_from = row.to.x - number_width - context.px(bar_width);
  const bool marked = hovered || state.selection.hovered.class_index == index;
  ImFont* font = plus || minus ? context.fonts.strong : context.fonts.body;
  draw_text(context, font, {at.x + inset, text_y}, marked ? context.theme.accent : context.theme.ink,
            scene.label(index), bar_from - at.x - inset - context.px(10));
  const float thickness = context.px(7);
  draw_bar(Rect{{bar_from, row.center().y - thickness / 2},
                {bar_from + context.px(bar_width), row.center().y + thickness / 2}},
           marked);
  draw_text(context, context.fonts.number,
            {row.to.x, at.y + (height - render::font_size(context.fonts.number)) / 2}, ink, value.text, 0,
            Align::right);
  mark_control(context, id, row);
}

void say(const model::ClassScore& score) {
  ImGui::SetTooltip(
      "%s\nclass %d · logit %s · probability %.4f\nClick: explain this class. Ctrl + click: "
      "compare with it",
      score.label.c_str(), score.index, number(score.logit).c_str(), double(score.probability));
}

}  // namespace

float class_number_width(const Context& context, std::span<const std::string> numbers) {
  float width = context.px(56);
  for (const std::string& number : numbers)
    width = std::max(width, text_size(context.fonts.number, number).x + context.px(6));
  return width;
}

void class_list(const AppState& state, Context& context, const Scene& scene, const std::string& name,
                int rows, float bar_width) {
  if (!scene.verdict) return;
  ImGui::PushStyleVar(ImGuiStyleVar_ItemSpacing, {0, 0});
  const int shown = std::min(rows, int(scene.verdict->classes.size()));
  for (int i = 0; i < shown; ++i) {
    const model::ClassScore& score = scene.verdict->classes[std::size_t(i)];
    class_row(state, context, scene, name, {score.index, percent(score.probability)}, bar_width,
              class_number_width(context, {}), context.theme.muted, [&](const Rect& bar, bool marked) {
                plain_bar(context, score.probability, 1, bar,
                          marked ? context.theme.accent : context.theme.bar);
              });
    if (ImGui::IsItemHovered()) say(score);
  }
  ImGui::PopStyleVar();
}

void effect_list(const AppState& state, Context& context, const Scene& scene, const std::string& name,
                 std::span<const float> effects, const Certainty& certainty, int rows, float bar_width) {
  const std::vector<int> order = descending(effects);
  const int shown = std::min(rows, int(order.size()));
  const int opposing = shown / 3;
  float reach = 0;
  for (const float effect : effects) reach = std::max(reach, std::abs(effect));
  std::vector<ClassValue> values;
  std::vector<std::string> numbers;
  for (int i = 0; i < shown; ++i) {
    const bool opposes = i >= shown - opposing;
    const int index = order[opposes ? order.size() - std::size_t(shown - i) : std::size_t(i)];
    numbers.push_back(signed_number(effects[std::size_t(index)], certainty));
    values.push_back({index, numbers.back()});
  }
  const float number_width = class_number_width(context, numbers);
  ImGui::PushStyleVar(ImGuiStyleVar_ItemSpacing, {0, 0});
  for (const ClassValue& value : values)
    class_row(state, context, scene, name, value, bar_width, number_width,
              number_ink(context, context.theme.muted, certainty), [&](const Rect& bar, bool) {
                signed_bar(context, effects[std::size_t(value.index)], reach, bar, true, certainty);
              });
  ImGui::PopStyleVar();
}

}  // namespace tessera::ui
