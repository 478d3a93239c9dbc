#include "ui/views/space.h"

#include <algorithm>
#include <cmath>
#include <optional>
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
constexpr float least_width_for_presets = 620;
constexpr float below_choices = 5;
constexpr std::size_t note_lines = 2, narrow_note_lines = 3;
constexpr float below_note = 8;
constexpr float element_height = 20;
constexpr float most_matrix_width = 560;
constexpr std::size_t most_listed = 4;
constexpr std::size_t most_beside = 3;  // panels
constexpr float below_row = 18;         // of panels
constexpr float least_panel_width = 210;
constexpr float least_wholes_width = 320;  // of tables, diagrams and views

// What the cell under the mouse can hold, or why it cannot; what a click does where there is none. Returns
// the height that is kept for it.
float note(const AppState& state, Context& context, const std::optional<DesignCell>& cell,
           const Rect& where) {
  ImFont* font = context.fonts.small;
  const std::size_t lines =
      where.width() < context.px(least_width_for_presets) ? narrow_note_lines : note_lines;
  const float height = line_step(context, font) * float(lines) + context.px(below_note);
  if (!context.shown.controls) return height;
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
    context.marks.add(click.objection ? "space/objection" : "space/offer",
                      {where.from, {where.to.x, where.from.y + height}});
  }
  draw_lines(context, font, where.from, color, {text}, where.width(), lines);
  return height;
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

// What a click puts, the matrix, and, where told, what it says in words. Returns where they end. Halves of a
// stage have the same rows, whether or not they can be composed in.
float composition(const AppState& state, Context& context, const Rect& where, bool with_words) {
  const figure::FigureSpec& spec = state.selection.spec;
  const bool controls = context.shown.controls;
  const bool room_for_controls = controls || context.shown.controls_beside;
  float y = where.from.y;
  if (room_for_controls) y += brush_choices(state, context, where) + context.px(below_choices);
  const float width = std::min(context.px(most_matrix_width), where.width());
  const Rect matrix{{where.from.x, y}, {where.from.x + width, y + design_matrix_height(context)}};
  const auto cell = design_matrix(state, context, spec, matrix);
  y = matrix.to.y + context.px(8);
  y += design_legend(context, {matrix.from.x, y}, width) + context.px(8);
  if (room_for_controls) y += note(state, context, cell, {{where.from.x, y}, where.to});
  if (with_words) y += element_list(state, context, {{where.from.x, y}, where.to}, most_listed);
  return y;
}

// Beside it what to start from, or in a file what it says in words. Where there is no room for that, it comes
// last, and in half a stage not at all.
bool has_presets_beside(const Context& context, const Rect& where) {
  return !context.beside && where.width() >= context.px(least_width_for_presets);
}

float composition_and_presets(const AppState& state, Context& context, const Rect& where) {
  if (!has_presets_beside(context, where)) return composition(state, context, where, true);
  const float width =
      std::min(context.px(most_matrix_width), where.width() - context.px(presets_width + Theme::column_gap));
  const Rect left{where.from, {where.from.x + width, where.to.y}};
  const Rect right{{left.to.x + context.px(Theme::column_gap), where.from.y}, where.to};
  const float bottom = composition(state, context, left, context.shown.controls);
  if (context.shown.controls) return std::max(bottom, right.from.y + preset_list(state, context, right));
  return std::max(bottom, right.from.y + element_list(state, context, right, most_listed));
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

// Of what needs less, rows are only a little lower.
float least_width_of(PanelKind kind) {
  return weight_of(kind) > 1 || kind == PanelKind::view ? least_wholes_width : least_panel_width;
}

float least_height_of(PanelKind kind) {
  switch (kind) {
    case PanelKind::view:
      return 470;
    case PanelKind::group_table:
      return 380;
    case PanelKind::ribbons:
      return 320;
    case PanelKind::balance:
      return 250;
    case PanelKind::class_bars:
      return 120;
    default:
      return 214;
  }
}

// Panels that lie side by side.
struct PanelRow {
  std::size_t first = 0, last = 0;
  float least_height = 0;  // unscaled
};

std::vector<PanelRow> rows_of(const Context& context, const std::vector<figure::Panel>& plan, float width) {
  std::vector<PanelRow> rows;
  float taken = 0;
  for (std::size_t i = 0; i < plan.size(); ++i) {
    const float wanted = context.px(least_width_of(plan[i].kind));
    const bool fits = !rows.empty() && rows.back().last - rows.back().first < most_beside &&
                      taken + context.px(Theme::column_gap) + wanted <= width;
    if (!fits) {
      rows.push_back({i, i, 0});
      taken = -context.px(Theme::column_gap);
    }
    taken += context.px(Theme::column_gap) + wanted;
    rows.back().last = i + 1;
    rows.back().least_height = std::max(rows.back().least_height, least_height_of(plan[i].kind));
  }
  return rows;
}

// Over the height of `where`, or more where panels would be too low then. Returns where it ends.
float draw_plan(const PanelScene& panels, const Rect& where) {
  Context& context = panels.context;
  const std::vector<figure::Panel> plan = figure::plan(panels.spec);
  if (plan.empty())
    return where.from.y +
           draw_wrapped(context, context.fonts.body, where.from, context.theme.muted,
                        "Nothing is shown yet: click a cell, or choose a figure from the list.",
                        where.width());
  const std::vector<PanelRow> rows = rows_of(context, plan, where.width());
  float least = -below_row;
  for (const PanelRow& row : rows) least += row.least_height + below_row;
  const float more = std::max(0.0f, where.height() - context.px(least)) / float(rows.size());
  const float gap = context.px(Theme::column_gap);
  float top = where.from.y;
  for (const PanelRow& row : rows) {
    const float bottom = std::floor(top + context.px(row.least_height) + more);
    float weights = 0;
    for (std::size_t i = row.first; i < row.last; ++i) weights += weight_of(plan[i].kind);
    const float room = where.width() - gap * float(row.last - row.first - 1);
    float left = where.from.x;
    for (std::size_t i = row.first; i < row.last; ++i) {
      const float width = std::floor(room * weight_of(plan[i].kind) / weights);
      draw_panel(panels, plan[i], i, plan.size() > 1 ? 2 : 1, {{left, top}, {left + width, bottom}});
      left += width + gap;
    }
    top = bottom + context.px(below_row);
  }
  return top - context.px(below_row);
}

// All that is beneath the head. Returns where it ends.
float content(const AppState& state, Context& context, const Scene& scene, const Rect& body) {
  float y = body.from.y;
  if (context.shown.controls || context.shown.legend) {
    y = composition_and_presets(state, context, body) + context.px(10);
    const float rule = std::round(y) + 0.5f;
    ImGui::GetWindowDrawList()->AddLine({body.from.x, rule}, {body.to.x, rule}, context.theme.hairline);
    y += context.px(14);
  }
  y = draw_plan({state, context, scene, state.selection.spec}, {{body.from.x, y}, body.to});
  if (context.beside || !context.shown.controls || has_presets_beside(context, body)) return y;
  y += context.px(20);
  return y + preset_list(state, context, {{body.from.x, y}, body.to});
}

}  // namespace

void space_view(const AppState& state, Context& context, const Rect& where) {
  const auto scene = scene_of(state, context.engine);
  if (!scene) return;
  ViewHead head{{"Design space"}};
  head.subtitle = {"Which atoms of which layers, what of them, and how it is shown"};
  head.choices = open_choice(state, context);
  const Rect body = view_header(context, where, head);
  // A file is given the size that it needs; in a window what has no room is scrolled to.
  if (!context.shown.controls && !context.shown.controls_beside) {
    content(state, context, *scene, body);
    return;
  }
  ImGui::SetCursorScreenPos(body.from);
  ImGui::BeginChild("design space", {body.width(), body.height()});
  const ImVec2 from = ImGui::GetCursorScreenPos();
  const float bottom = content(state, context, *scene,
                               {from, {from.x + ImGui::GetContentRegionAvail().x, from.y + body.height()}});
  ImGui::SetCursorScreenPos({from.x, bottom - 1});
  ImGui::Dummy({1, 1});
  ImGui::EndChild();
}

}  // namespace tessera::ui
