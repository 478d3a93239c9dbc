#include "ui/space/composer.h"

#include <algorithm>
#include <array>
#include <cmath>
#include <functional>
#include <string>
#include <utility>
#include <vector>

#include "tessera/figure/presets.h"
#include "ui/space/compose.h"
#include "ui/widgets/choice_rows.h"
#include "ui/widgets/controls.h"
#include "ui/widgets/text.h"

namespace tessera::ui {
namespace {

using figure::Atoms;
using figure::Stratum;
using figure::Target;

constexpr float line = 20;
constexpr std::size_t element_lines = 3;  // of its description

// What can be contributed to, in the order of the choice.
const std::array<Target, 5>& targets() {
  static const std::array<Target, 5> all{
      Target{}, Target{Stratum::hidden, Atoms::group, {}}, Target{Stratum::hidden, Atoms::channel, {}},
      Target{Stratum::hidden, Atoms::position, {}}, Target{Stratum::hidden, Atoms::neuron, {}}};
  return all;
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

float brush_choices(const AppState& state, Context& context, const Rect& where) {
  const auto group = [&](const char* name, const char* before, std::vector<std::string> words, int chosen,
                         const std::function<void(Brush&, int)>& set) {
    return ChoiceGroup{name, std::move(words), chosen,
                       [&state, &context, set](int index) {
                         Brush brush = state.brush;
                         set(brush, index);
                         context.emit(action::SetBrush{brush});
                       },
                       before};
  };
  const Brush& now = state.brush;
  std::vector<ChoiceGroup> groups{
      group("space/content", "A click puts", {"Activations", "Attribution"}, int(now.content),
            [](Brush& brush, int index) { brush.content = figure::Content(index); }),
      group("space/as", "as", {"Graphics", "Icons"}, int(now.presentation),
            [](Brush& brush, int index) { brush.presentation = figure::Presentation(index); })};
  if (now.content == figure::Content::attribution) {
    const auto found = std::ranges::find(targets(), now.towards);
    groups.push_back(group("space/towards", "to a", {"class", "group", "channel", "position", "neuron"},
                           found == targets().end() ? 0 : int(found - targets().begin()),
                           [](Brush& brush, int index) { brush.towards = targets()[std::size_t(index)]; }));
  }
  const ChoiceRows rows(context, std::move(groups), where.width(), where.width());
  for (std::size_t row = 0; row < rows.count(); ++row)
    rows.draw(context, row, {where.from.x, where.from.y + ChoiceRows::step(context) * float(row)});
  return ChoiceRows::step(context) * float(rows.count());
}

float element_list(const AppState& state, Context& context, const Rect& where, std::size_t most) {
  const figure::FigureSpec& spec = state.selection.spec;
  ImFont* font = context.fonts.small;
  float y = where.from.y;
  const std::size_t shown = std::min(most, spec.elements.size());
  for (std::size_t i = 0; i < shown; ++i) {
    const std::string index = std::to_string(i);
    draw_text(context, context.fonts.number, {where.from.x, y}, context.theme.muted, std::to_string(i + 1));
    const float left = where.from.x + context.px(18);
    const figure::FigureSpec filtered = with_next_filter(spec, i);
    const bool may_filter = context.shown.controls && filtered != spec;
    const float gap = context.px(14);
    const float filter = may_filter ? gap + text_size(font, "filter").x : 0;
    const float remove = context.shown.controls ? gap + text_size(font, "remove").x : 0;
    const float room = where.to.x - left - filter - remove;
    const TextWithNames text{figure::describe(spec.elements[i])};
    const std::vector<std::string> lines = lines_of(font, text, room, element_lines);
    float width = 0;
    for (const std::string& each : lines) width = std::max(width, text_size(font, each).x);
    const float height = draw_lines(context, font, {left, y}, context.theme.ink, text, room, lines.size());
    context.marks.add("space/element/" + index, {{where.from.x, y}, {where.to.x, y + height}});
    if (may_filter) {
      ImGui::SetCursorScreenPos({left + width + gap, y});
      if (text_button(context, "space/filter/" + index, "filter", font))
        context.emit(action::SetSpec{filtered});
    }
    ImGui::SetCursorScreenPos({left + width + filter + gap, y});
    if (text_button(context, "space/remove/" + index, "remove", font))
      context.emit(action::SetSpec{without(spec, i)});
    y += height + context.px(5.5f);
  }
  if (shown < spec.elements.size()) {
    draw_text(context, font, {where.from.x + context.px(18), y}, context.theme.muted,
              std::to_string(spec.elements.size() - shown) + " more");
    y += context.px(line);
  }
  return y - where.from.y;
}

float preset_list(const AppState& state, Context& context, const Rect& where) {
  if (!context.shown.controls) return 0;
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
  return y - where.from.y;
}

}  // namespace tessera::ui
