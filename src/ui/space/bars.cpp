#include <algorithm>
#include <cmath>
#include <string>
#include <vector>

#include "ui/groups.h"
#include "ui/space/atom_values.h"
#include "ui/space/panels.h"
#include "ui/widgets/class_list.h"
#include "ui/widgets/provisional.h"
#include "ui/widgets/signed_bar.h"
#include "ui/widgets/text.h"

namespace tessera::ui {
namespace {

constexpr float bar_row_height = 22;
constexpr float bars_head_height = 26;
constexpr float least_column = 190;
constexpr float bar_number_width = 76;  // "−0.000123"
constexpr float least_bar_length = 16;
constexpr int most_rows = 24;

Rect under_head(Context& context, const model::LayerInfo& layer, const Rect& where) {
  ImDrawList& list = *ImGui::GetWindowDrawList();
  draw_text(context, context.fonts.strong, where.from, context.theme.ink, layer.name, where.width());
  const float rule = std::round(where.from.y + context.px(bars_head_height - 6)) + 0.5f;
  list.AddLine({where.from.x, rule}, {where.to.x, rule}, context.theme.hairline);
  return {{where.from.x, where.from.y + context.px(bars_head_height)}, where.to};
}

// Those that come first; of signed ones a third of the rows for those at the other end.
std::vector<int> both_ends(const figure::Element& element, const AtomValues& known, int rows) {
  std::vector<int> shown = first_atoms(element, known, rows);
  const bool is_cut = figure::find<figure::Top>(element) || figure::find<figure::Sort>(element);
  if (!known.is_signed || is_cut || shown.size() >= known.values.size() || rows < 3) return shown;
  const int opposing = rows / 3;
  shown.resize(std::size_t(rows - opposing));
  AtomValues turned = known;
  for (float& value : turned.values) value = -value;
  std::vector<int> last = first_atoms(element, turned, opposing);
  shown.insert(shown.end(), last.rbegin(), last.rend());
  return shown;
}

void bar_row(const PanelScene& panels, std::size_t index, const AtomValues& known, int atom, float reach,
             const Rect& row) {
  Context& context = panels.context;
  const figure::Element& element = panels.element(index);
  ImDrawList& list = *ImGui::GetWindowDrawList();
  const float value = known.values[std::size_t(atom)];
  const Certainty certainty = known.certainty();
  const std::string told = known.is_signed ? signed_number(double(value), certainty) : number(double(value));
  const std::string name = name_of_atom(element, *known.layer, atom);
  const float number_width = context.px(bar_number_width);
  const float hue_width = known.groups && element.atoms == figure::Atoms::group ? context.px(13) : 0;
  // Names with numbers in them are never cut: the bar gives way.
  const float name_width = std::max(std::min(row.width() * 0.42f, context.px(128)),
                                    hue_width + text_size(context.fonts.body, name).x + context.px(8));
  const float text_y = row.center().y - render::font_size(context.fonts.body) / 2;
  float left = row.from.x;
  if (known.groups && element.atoms == figure::Atoms::group) {
    list.AddRectFilled({left, row.from.y + context.px(4)}, {left + context.px(5), row.to.y - context.px(4)},
                       color_of(known.groups->hues[std::size_t(atom)]), context.px(2));
    left += context.px(13);
  }
  const bool marked = is_marked(panels.state.selection, element, *known.layer, atom);
  draw_text(context, context.fonts.body, {left, text_y}, marked ? context.theme.accent : context.theme.ink,
            name, row.to.x - left - text_size(context.fonts.number, told).x - context.px(8));
  const float half = context.px(3.5f);
  const Rect bar{{row.from.x + name_width, row.center().y - half},
                 {row.to.x - number_width - context.px(8), row.center().y + half}};
  const bool has_bar = bar.width() >= context.px(least_bar_length);
  if (has_bar && known.is_signed) signed_bar(context, value, reach, bar, true, certainty);
  if (has_bar && !known.is_signed)
    plain_bar(context, value, reach, bar, marked ? context.theme.accent : context.theme.bar, certainty);
  draw_text(context, context.fonts.number,
            {row.to.x, row.center().y - render::font_size(context.fonts.number) / 2},
            number_ink(context, context.theme.muted, certainty), told, 0, Align::right);
  mark_control(context,
               "space/bar/" + std::to_string(index) + "/" + known.layer->name + "/" + std::to_string(atom),
               row);
  point_at(context, element, *known.layer, atom, row);
}

// Name and number, as in a sum.
void value_line(Context& context, const std::string& name, const std::string& value, ImU32 color, ImVec2& at,
                float width) {
  const float taken =
      draw_text(context, context.fonts.number, {at.x + width, at.y}, color, value, 0, Align::right);
  draw_text(context, context.fonts.body, at, context.theme.muted, name, width - taken - context.px(8));
  at.y += context.px(bar_row_height);
}

}  // namespace

bool class_bars_panel(const PanelScene& panels, std::size_t element, const Rect& where) {
  Context& context = panels.context;
  if (!panels.scene.verdict) return false;
  ImGui::SetCursorScreenPos(where.from);
  ImGui::BeginChild("space classes", {where.width(), where.height()}, false,
                    ImGuiWindowFlags_NoScrollbar | ImGuiWindowFlags_NoScrollWithMouse);
  int rows = std::clamp(int(where.height() / context.px(class_row_height)), 1, most_rows);
  if (const figure::Top* top = figure::find<figure::Top>(panels.element(element)))
    rows = std::min(rows, top->count);
  class_list(panels.state, context, panels.scene, "space/class", rows, where.width() / context.scale * 0.34f);
  ImGui::EndChild();
  return true;
}

bool bars_panel(const PanelScene& panels, std::size_t index, const Rect& where) {
  Context& context = panels.context;
  const figure::Element& element = panels.element(index);
  const auto layers = fitting_layers(panels, element, where.width(), context.px(least_column));
  const auto [known, shared] = values_of(panels, index, layers);
  bool drawn = false;
  const std::vector<Rect> columns = side_by_side(context, where, layers.size());
  for (std::size_t i = 0; i < layers.size(); ++i) {
    const Rect body = under_head(context, *layers[i], columns[i]);
    if (!has_values(context, known[i], body)) continue;
    drawn = true;
    const int rows = std::clamp(int(body.height() / context.px(bar_row_height)), 1, most_rows);
    const bool one_scale = panels.state.attribution.one_scale;
    const std::string where_from = one_scale ? std::string() : " at " + layers[i]->name;
    const float reach = context.agreed(quantity_of(panels, index, "bars") + where_from,
                                       one_scale ? shared : known[i].reach());
    float y = body.from.y;
    for (const int atom : both_ends(element, known[i], rows)) {
      bar_row(panels, index, known[i], atom, reach,
              {{body.from.x, y}, {body.to.x, y + context.px(bar_row_height)}});
      y += context.px(bar_row_height);
    }
  }
  return drawn;
}

bool balance_panel(const PanelScene& panels, std::size_t index, const Rect& where) {
  Context& context = panels.context;
  const figure::Element& element = panels.element(index);
  const auto layers = fitting_layers(panels, element, where.width(), context.px(least_column));
  bool drawn = false;
  const std::vector<Rect> columns = side_by_side(context, where, layers.size());
  for (std::size_t i = 0; i < layers.size(); ++i) {
    const AtomValues known = values_of(panels, index, *layers[i]);
    const Rect body = under_head(context, *layers[i], columns[i]);
    if (!has_values(context, known, body) || !known.attribution) continue;
    drawn = true;
    const attribution::Attribution& told = *known.attribution;
    const float reach = context.agreed(quantity_of(panels, index, "balance") + " at " + layers[i]->name,
                                       std::max({std::abs(told.total), std::abs(told.baseline_value),
                                                 std::abs(told.gap), std::abs(told.value)}));
    ImVec2 at = body.from;
    const auto term = [&](const std::string& name, float value, const Certainty& certainty) {
      value_line(context, name, sum_text(context, signed_number(double(value)), certainty),
                 number_ink(context, context.theme.ink, certainty), at, body.width());
      const Rect bar{{at.x, at.y}, {body.to.x, at.y + context.px(6)}};
      if (!certainty.provisional) signed_bar(context, value, reach, bar, true, certainty);
      at.y += context.px(18);
    };
    // Bias and value are the network's own, whatever the method.
    term(element.stratum == figure::Stratum::input ? "The picture" : "All of the layer", told.total,
         known.certainty());
    term("Bias: what a layer of zeros gives", told.baseline_value, {});
    term("Missed by the method", told.gap, known.certainty());
    value_line(context, "The network says", number(double(told.value)), context.theme.ink, at, body.width());
    context.marks.add("space/bar/" + std::to_string(index) + "/" + layers[i]->name + "/0",
                      {body.from, {body.to.x, at.y}});
  }
  return drawn;
}

}  // namespace tessera::ui
