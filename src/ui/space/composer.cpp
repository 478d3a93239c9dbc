#include "ui/space/composer.h"

#include <array>
#include <cmath>
#include <string>

#include "tessera/figure/presets.h"
#include "ui/space/compose.h"
#include "ui/widgets/controls.h"
#include "ui/widgets/text.h"

namespace tessera::ui {
namespace {

using figure::Atoms;
using figure::Stratum;
using figure::Target;

constexpr float line = 20;

// What can be contributed to, in the order of the choice.
const std::array<Target, 5>& targets() {
  static const std::array<Target, 5> all{
      Target{}, Target{Stratum::hidden, Atoms::group, {}}, Target{Stratum::hidden, Atoms::channel, {}},
      Target{Stratum::hidden, Atoms::position, {}}, Target{Stratum::hidden, Atoms::neuron, {}}};
  return all;
}

float label(Context& context, const char* text, ImVec2 at) {
  return draw_text(context, context.fonts.small, at, context.theme.muted, text) + context.px(10);
}

void heading(Context& context, const char* text, const Rect& where, float& y) {
  draw_text(context, context.fonts.small, {where.from.x, y}, context.theme.muted, text, where.width());
  const float rule = std::round(y + context.px(line - 2)) + 0.5f;
  ImGui::GetWindowDrawList()->AddLine({where.from.x, rule}, {where.to.x, rule}, context.theme.hairline);
  y += context.px(line + 2);
}

// Before which presets a heading stands.
const char* heading_before(const std::string& preset) {
  if (preset == "dictionary") return "Interfaces of the article";
  if (preset == "teaser_1") return "Its opening figure, step by step";
  if (preset == "group_saliency") return "Beyond the article";
  return nullptr;
}

}  // namespace

void brush_choices(const AppState& state, Context& context, const Rect& where) {
  if (!context.shown.controls) return;
  Brush brush = state.brush;
  ImVec2 at = where.from;
  const auto next = [&](float width) {
    ImGui::SetCursorScreenPos({at.x, at.y});
    at.x += width + context.px(26);
  };
  at.x += label(context, "A click puts", at);
  const auto contents = {"Activations", "Attribution"};
  next(choice_width(context, contents));
  brush.content = figure::Content(choice(context, "space/content", contents, int(brush.content)));
  at.x += label(context, "as", at);
  const auto ways = {"Graphics", "Icons"};
  next(choice_width(context, ways));
  brush.presentation = figure::Presentation(choice(context, "space/as", ways, int(brush.presentation)));
  if (brush.content == figure::Content::attribution) {
    at.x += label(context, "to a", at);
    const auto ends = {"class", "group", "channel", "position", "neuron"};
    next(choice_width(context, ends));
    int chosen = 0;
    for (std::size_t i = 0; i < targets().size(); ++i)
      if (targets()[i] == brush.towards) chosen = int(i);
    brush.towards = targets()[std::size_t(choice(context, "space/towards", ends, chosen))];
  }
  if (brush != state.brush) context.emit(action::SetBrush{brush});
}

void element_list(const AppState& state, Context& context, const Rect& where) {
  const figure::FigureSpec& spec = state.selection.spec;
  float y = where.from.y;
  for (std::size_t i = 0; i < spec.elements.size() && y + context.px(line) <= where.to.y + 1; ++i) {
    const std::string index = std::to_string(i);
    draw_text(context, context.fonts.number, {where.from.x, y}, context.theme.muted, std::to_string(i + 1));
    const float left = where.from.x + context.px(18);
    if (!context.shown.controls) {
      y += draw_wrapped(context, context.fonts.small, {left, y}, context.theme.ink,
                        figure::describe(spec.elements[i]), where.to.x - left) +
           context.px(4);
      continue;
    }
    const float buttons = context.px(96);
    const float width = draw_text(context, context.fonts.small, {left, y}, context.theme.ink,
                                  figure::describe(spec.elements[i]), where.to.x - left - buttons);
    context.marks.add("space/element/" + index, {{where.from.x, y}, {where.to.x, y + context.px(line)}});
    ImGui::SetCursorScreenPos({left + width + context.px(14), y});
    const figure::FigureSpec filtered = with_next_filter(spec, i);
    if (filtered != spec && text_button(context, "space/filter/" + index, "filter", context.fonts.small))
      context.emit(action::SetSpec{filtered});
    ImGui::SetCursorScreenPos({left + width + context.px(filtered != spec ? 56 : 14), y});
    if (text_button(context, "space/remove/" + index, "remove", context.fonts.small))
      context.emit(action::SetSpec{without(spec, i)});
    y += context.px(line);
  }
}

void preset_list(const AppState& state, Context& context, const Rect& where) {
  if (!context.shown.controls) return;
  float y = where.from.y;
  for (const figure::Preset& preset : figure::presets()) {
    if (const char* text = heading_before(preset.name)) {
      if (y > where.from.y) y += context.px(8);
      heading(context, text, where, y);
    }
    const Rect row{{where.from.x, y}, {where.to.x, y + context.px(line)}};
    const bool chosen = preset.elements == state.selection.spec.elements;
    const bool hovered = ImGui::IsWindowHovered() && row.contains(ImGui::GetIO().MousePos);
    draw_text(context, context.fonts.small, {row.from.x, row.from.y + context.px(2)},
              hovered || chosen ? context.theme.accent : context.theme.ink, preset.title, row.width());
    mark_control(context, "space/preset/" + preset.name, row);
    if (hovered) {
      ImGui::SetTooltip("%s", preset.sentence.c_str());
      if (ImGui::IsMouseClicked(0)) context.emit(action::SetSpec{{preset.elements, {}, {}}});
    }
    y += context.px(line);
  }
}

}  // namespace tessera::ui
