#include "ui/views/space.h"

#include <algorithm>
#include <cmath>
#include <numeric>
#include <string>
#include <vector>

#include "tessera/figure/plan.h"
#include "tessera/figure/presets.h"
#include "ui/space/compose.h"
#include "ui/space/composer.h"
#include "ui/space/design_matrix.h"
#include "ui/space/panels.h"
#include "ui/views/catalogue.h"
#include "ui/widgets/text.h"
#include "ui/widgets/view_header.h"

namespace tessera::ui {
namespace {

using figure::PanelKind;

constexpr float presets_width = 216;
constexpr float choices_height = 28;
constexpr float note_height = 40;
constexpr float element_height = 20;
constexpr float most_matrix_width = 560;
constexpr std::size_t most_listed = 4;
constexpr std::size_t most_beside = 3;  // panels

// What the cell under the mouse can hold, or why it cannot; what a click does where there is none.
void note(const AppState& state, Context& context, const std::optional<DesignCell>& cell, const Rect& where) {
  if (!context.shown.controls) return;
  std::string text;
  ImU32 color = context.theme.muted;
  if (!cell) {
    text = "Click a cell to add what is chosen above, again to take it out. In grey cells it makes no sense.";
  } else {
    const Click click = click_in(state.selection.spec, state.brush, cell->stratum, cell->atoms);
    const std::string element = figure::describe(element_for(state.brush, cell->stratum, cell->atoms));
    text =
        click.objection ? *click.objection + "." : (click.removes ? "Take out: " : "Add: ") + element + ".";
    if (click.objection) color = context.theme.warning;
    context.marks.add(click.objection ? "space/objection" : "space/offer", where);
  }
  draw_wrapped(context, context.fonts.small, where.from, color, text, where.width());
}

// The figure's own view, at its full size.
std::vector<ChoiceGroup> open_choice(const AppState& state, Context& context) {
  const figure::BuiltIn* known = figure::find_built_in(state.selection.spec.elements);
  const ViewEntry* entry = known ? find_view(known->figure) : nullptr;
  if (!entry) return {};
  return {{"space/open", {std::string("Open as ") + entry->title}, std::nullopt, [&context, entry](int) {
             context.emit(action::ChooseView{entry->kind});
           }}};
}

// Matrix, what it says in words, and what to start from. Returns where they end.
float composition(const AppState& state, Context& context, const Rect& where) {
  const figure::FigureSpec& spec = state.selection.spec;
  const bool controls = context.shown.controls;
  const float matrix_width =
      std::min(context.px(most_matrix_width), where.width() - context.px(presets_width + Theme::column_gap));
  const Rect left{where.from, {where.from.x + matrix_width, where.to.y}};
  const Rect right{{left.to.x + context.px(Theme::column_gap), where.from.y}, where.to};
  float y = where.from.y;
  if (controls) {
    brush_choices(state, context, left);
    y += context.px(choices_height);
  }
  const Rect matrix{{left.from.x, y}, {left.to.x, y + design_matrix_height(context)}};
  const auto cell = design_matrix(state, context, spec, matrix);
  y = matrix.to.y + context.px(8);
  y += design_legend(context, {matrix.from.x, y}) + context.px(8);
  if (!controls) {
    element_list(state, context, {{right.from.x, matrix.from.y}, right.to});
    return y;
  }
  note(state, context, cell, {{left.from.x, y}, {left.to.x, y + context.px(note_height)}});
  y += context.px(note_height);
  const float rows = float(std::clamp<std::size_t>(spec.elements.size(), 1, most_listed));
  element_list(state, context, {{left.from.x, y}, {left.to.x, y + context.px(element_height) * rows}});
  preset_list(state, context, right);
  return y + context.px(element_height) * rows;
}

// In half a stage there is no room for what to start from. Both halves have the same rows, whether or not
// they can be composed in.
float composition_in_half(const AppState& state, Context& context, const Rect& where) {
  const figure::FigureSpec& spec = state.selection.spec;
  const bool controls = context.shown.controls;
  const bool room_for_controls = controls || context.shown.controls_beside;
  float y = where.from.y;
  if (controls) brush_choices(state, context, where);
  if (room_for_controls) y += context.px(choices_height);
  const float width = std::min(context.px(most_matrix_width), where.width());
  const Rect matrix{{where.from.x, y}, {where.from.x + width, y + design_matrix_height(context)}};
  const auto cell = design_matrix(state, context, spec, matrix);
  y = matrix.to.y + context.px(8);
  y += design_legend(context, {matrix.from.x, y}) + context.px(8);
  if (controls) note(state, context, cell, {{where.from.x, y}, {where.to.x, y + context.px(note_height)}});
  if (room_for_controls) y += context.px(note_height);
  const float rows = float(std::clamp<std::size_t>(spec.elements.size(), 1, most_listed));
  const Rect listed{{where.from.x, y}, {where.to.x, y + context.px(element_height) * rows}};
  element_list(state, context, listed);
  return listed.to.y;
}

// Rows of icons, tables and diagrams need more room than one map.
float weight_of(PanelKind kind) {
  switch (kind) {
    case PanelKind::icon_strip:
    case PanelKind::map_strip:
    case PanelKind::group_table:
    case PanelKind::ribbons:
      return 1.6f;
    default:
      return 1;
  }
}

void draw_plan(const PanelScene& panels, const Rect& where) {
  Context& context = panels.context;
  const std::vector<figure::Panel> plan = figure::plan(panels.spec);
  if (plan.empty()) {
    draw_text(context, context.fonts.body, where.from, context.theme.muted,
              "Nothing is shown yet: click a cell, or choose a figure from the list.", where.width());
    return;
  }
  const std::size_t rows = (plan.size() + most_beside - 1) / most_beside;
  const std::vector<Rect> bands = beneath_each_other(context, where, rows);
  const float gap = context.px(Theme::column_gap);
  for (std::size_t row = 0; row < rows; ++row) {
    const std::size_t first = row * most_beside, last = std::min(plan.size(), first + most_beside);
    float weights = 0;
    for (std::size_t i = first; i < last; ++i) weights += weight_of(plan[i].kind);
    const float room = where.width() - gap * float(last - first - 1);
    float left = where.from.x;
    for (std::size_t i = first; i < last; ++i) {
      const float width = std::floor(room * weight_of(plan[i].kind) / weights);
      draw_panel(panels, plan[i], i, plan.size() > 1 ? 2 : 1,
                 {{left, bands[row].from.y}, {left + width, bands[row].to.y}});
      left += width + gap;
    }
  }
}

}  // namespace

void space_view(const AppState& state, Context& context, const Rect& where) {
  const auto scene = scene_of(state, context.engine);
  if (!scene) return;
  ViewHead head{{"Design space"}};
  head.subtitle = {"Which atoms of which layers, what of them, and how it is shown"};
  head.choices = open_choice(state, context);
  const Rect body = view_header(context, where, head);
  float y = body.from.y;
  if (context.shown.controls || context.shown.legend) {
    y = (context.beside ? composition_in_half : composition)(state, context, body) + context.px(10);
    const float rule = std::round(y) + 0.5f;
    ImGui::GetWindowDrawList()->AddLine({body.from.x, rule}, {body.to.x, rule}, context.theme.hairline);
    y += context.px(14);
  }
  draw_plan({state, context, *scene, state.selection.spec}, {{body.from.x, y}, body.to});
}

}  // namespace tessera::ui
