#include "ui/views/group_table.h"

#include <algorithm>
#include <cmath>
#include <string>

#include "ui/keys.h"
#include "ui/widgets/answer_status.h"
#include "ui/widgets/group_icon.h"
#include "ui/widgets/heat_map.h"
#include "ui/widgets/picture.h"
#include "ui/widgets/provisional.h"
#include "ui/widgets/signed_bar.h"
#include "ui/widgets/text.h"

namespace tessera::ui {
namespace {

constexpr float table_header_height = 30;
constexpr float sum_height = 18;
constexpr int sums = 3;
constexpr float largest_step = 104;
constexpr float largest_residual = 52;
constexpr float hue_width = 5;
constexpr float bar_thickness = 6;
constexpr float least_bar = 76;            // as wide as "−0.000123"
constexpr float least_group_column = 108;  // of a class
constexpr int most_group_columns = 4;
constexpr float least_bar_beside = 12;
constexpr float number_beside_bar = 64;
constexpr float least_row_with_number = 13;
constexpr float least_two_lines = 30;  // a lower row has its number beside its bar

// Where things lie in every row.
struct Layout {
  float step = 0;      // from one group's row to the next
  float residual = 0;  // height of the residual's row
  float icon = 0;      // side
  float icon_left = 0;
  float nearest_left = 0;
  Rect magnitude;  // its column; heights are of no matter
  std::vector<Rect> classes;
};

Layout lay_out(const Context& context, const GroupTable& table, const Rect& where) {
  Layout layout;
  const float rows = float(std::max<std::size_t>(1, table.order.size()));
  const float room = where.height() - context.px(table_header_height + sum_height * float(sums) + 22);
  layout.residual = std::clamp(room / (rows + 1), context.px(8), context.px(largest_residual));
  layout.step = std::clamp((room - layout.residual) / rows, context.px(8), context.px(largest_step));
  layout.icon = std::floor(layout.step - std::clamp(layout.step * 0.1f, context.px(1), context.px(10)));
  // Numbers and bars need room too.
  const float for_bars = (context.px(least_bar) + context.px(18)) * (1 + float(table.classes.size()));
  const float for_icons = (where.width() - context.px(hue_width + 9 + 8 + 20) - for_bars) / 2;
  layout.icon = std::max(context.px(8), std::min(layout.icon, std::floor(for_icons)));
  layout.icon_left = where.from.x + context.px(hue_width + 9);
  layout.nearest_left = layout.icon_left + layout.icon + context.px(8);
  float left = layout.nearest_left + layout.icon + context.px(20);
  const float right = where.to.x;
  const float columns = 1 + float(table.classes.size());
  const float gap = context.px(18);
  const float width = std::max(context.px(20), (right - left + gap) / columns - gap);
  layout.magnitude = {{left, 0}, {left + width, 0}};
  for (std::size_t i = 0; i < table.classes.size(); ++i) {
    left += width + gap;
    layout.classes.push_back({{left, 0}, {left + width, 0}});
  }
  return layout;
}

// A number over a bar, in the middle of a row; where there is no room for two lines, beside it.
template <class DrawBar>
void number_and_bar(Context& context, const Rect& column, const Rect& row, const std::string& text,
                    ImU32 color, const DrawBar& draw_bar) {
  ImFont* font = context.fonts.number;
  const float line = render::font_size(font);
  const float thickness = context.px(bar_thickness);
  const float middle = row.center().y;
  if (row.height() >= context.px(least_two_lines)) {
    draw_text(context, font, {column.from.x, middle - line - context.px(1)}, color, text);
    draw_bar(
        Rect{{column.from.x, middle + context.px(4)}, {column.to.x, middle + context.px(4) + thickness}});
    return;
  }
  const float width = context.px(number_beside_bar);
  if (row.height() < context.px(least_row_with_number)) return;
  ImFont* small = text_size(font, text).x <= width ? font : context.fonts.small;
  draw_text(context, small, {column.from.x, middle - render::font_size(small) / 2}, color, text);
  if (column.width() < width + context.px(4 + least_bar_beside)) return;
  const float half = std::min(thickness, row.height() * 0.6f) / 2;
  draw_bar(Rect{{column.from.x + width + context.px(4), middle - half}, {column.to.x, middle + half}});
}

// Class names over their columns; a click explains another one, with Ctrl compares.
void header(const AppState& state, Context& context, const Scene& scene, const GroupTable& table,
            const Layout& layout, const Rect& where) {
  ImDrawList& list = *ImGui::GetWindowDrawList();
  ImFont* font = context.fonts.small;
  // Over narrow icons one word stands for both columns of them.
  const bool named_each = text_size(font, "Detects").x <= layout.icon + context.px(4);
  draw_text(context, font, {layout.icon_left, where.from.y}, context.theme.muted, "Detects",
            layout.magnitude.from.x - layout.icon_left - context.px(4));
  const float room = layout.magnitude.from.x - layout.nearest_left - context.px(8);
  const char* like_it = text_size(font, "Channels like it").x <= room ? "Channels like it" : "Channels";
  if (named_each)
    draw_text(context, font, {layout.nearest_left, where.from.y}, context.theme.muted, like_it, room);
  draw_text(context, font, {layout.magnitude.from.x, where.from.y}, context.theme.muted, "Magnitude",
            layout.magnitude.width());
  for (std::size_t i = 0; i < table.classes.size(); ++i) {
    const int index = table.classes[i];
    const Rect& column = layout.classes[i];
    const Rect cell{{column.from.x, where.from.y},
                    {column.to.x, where.from.y + context.px(table_header_height)}};
    const bool hovered = ImGui::IsWindowHovered() && cell.contains(ImGui::GetIO().MousePos);
    const bool asked = scene.objective && (scene.objective->plus == index || scene.objective->minus == index);
    const bool marked = hovered || state.selection.hovered.class_index == index;
    draw_text(context, asked ? context.fonts.strong : font,
              {cell.from.x, where.from.y - context.px(asked ? 1 : 0)},
              marked  ? context.theme.accent
              : asked ? context.theme.ink
                      : context.theme.muted,
              scene.label(index), column.width());
    mark_control(context, "groups/class/" + std::to_string(index), cell);
    if (!hovered) continue;
    context.hover.class_index = index;
    if (context.shown.controls && ImGui::IsMouseClicked(0))
      context.emit(action::ChooseClass{index, control_held(), scene.objective});
  }
  const float rule = std::round(where.from.y + context.px(table_header_height - 8)) + 0.5f;
  list.AddLine({where.from.x, rule}, {where.to.x, rule}, context.theme.hairline);
}

// As signed_bar with two sides, in the colour of what belongs to no group.
void grey_signed_bar(Context& context, float value, float reach, const Rect& where,
                     const Certainty& certainty) {
  ImDrawList& list = *ImGui::GetWindowDrawList();
  const float zero = std::round(where.center().x);
  const float share = reach > 0 ? std::clamp(value / reach, -1.0f, 1.0f) : 0.0f;
  const float end = zero + share * where.width() / 2;
  list.AddLine({zero, where.from.y - context.px(2)}, {zero, where.to.y + context.px(2)}, context.theme.faint);
  const Rect bar{{std::min(zero, end), where.from.y}, {std::max(zero, end), where.to.y}};
  if (context.draws_provisional(certainty))
    hatched_bar(context, bar, context.theme.provisional);
  else
    list.AddRectFilled(bar.from, bar.to, color_of(factorization::no_group), context.px(1));
}

// What each class gets from each atom; the residual last. Empty while it is on its way.
struct ClassValues {
  std::vector<session::GroupContributions> told;
  std::vector<float> reach;
  Certainty certainty = {};
};

ClassValues values_of(const AppState& state, const Context& context, const GroupTable& table) {
  ClassValues values;
  if (!table.effects.value) return values;
  values.certainty = table.effects.certainty();
  for (const int index : table.classes) {
    values.told.push_back(table.effects.value->to_class(index));
    float reach = std::abs(values.told.back().residual);
    for (const float value : values.told.back().groups) reach = std::max(reach, std::abs(value));
    values.reach.push_back(reach);
  }
  if (state.attribution.one_scale && !values.reach.empty())
    values.reach.assign(values.reach.size(),
                        context.agreed("groups’ contributions", *std::ranges::max_element(values.reach)));
  return values;
}

void magnitude_cell(Context& context, const Layout& layout, const Rect& row, double magnitude, double most,
                    ImU32 color) {
  number_and_bar(context, layout.magnitude, row, number(magnitude), context.theme.ink,
                 [&](const Rect& bar) { plain_bar(context, float(magnitude), float(most), bar, color); });
}

void class_cells(Context& context, const Layout& layout, const Rect& row, const ClassValues& values,
                 std::optional<int> group) {
  for (std::size_t i = 0; i < layout.classes.size(); ++i) {
    if (i >= values.told.size()) {
      draw_text(context, context.fonts.number,
                {layout.classes[i].from.x, row.center().y - render::font_size(context.fonts.number) / 2},
                context.theme.faint, "…");
      continue;
    }
    const session::GroupContributions& told = values.told[i];
    const float value = group ? told.groups[std::size_t(*group)] : told.residual;
    number_and_bar(context, layout.classes[i], row, signed_number(double(value), values.certainty),
                   number_ink(context, group ? context.theme.ink : context.theme.muted, values.certainty),
                   [&](const Rect& bar) {
                     if (group)
                       signed_bar(context, value, values.reach[i], bar, true, values.certainty);
                     else
                       grey_signed_bar(context, value, values.reach[i], bar, values.certainty);
                   });
  }
}

void group_row(const AppState& state, Context& context, const Scene& scene, const GroupTable& table,
               const Layout& layout, const ClassValues& values, int group, double most, const Rect& row) {
  ImDrawList& list = *ImGui::GetWindowDrawList();
  const session::LayerGroups& groups = *table.groups;
  const GroupRef ref{groups.layer, group};
  const ImU32 hue = color_of(groups.hues[std::size_t(group)]);
  const float top = std::round(row.center().y - layout.icon / 2);
  const Rect icon{{layout.icon_left, top}, {layout.icon_left + layout.icon, top + layout.icon}};
  const Rect nearest{{layout.nearest_left, top}, {layout.nearest_left + layout.icon, top + layout.icon}};
  list.AddRectFilled({row.from.x, icon.from.y}, {row.from.x + context.px(hue_width), icon.to.y}, hue,
                     context.px(2));
  draw_group_icon(context, scene, groups, group, table.may_render, icon);
  const std::string name = "groups/" + std::to_string(group);
  const bool on_channel = nearest_icons(state, context, scene, groups, group, name, nearest);
  if (on_channel) context.hovered_at = row;
  mark_group(state.selection, context, ref, icon);
  magnitude_cell(context, layout, row, groups.magnitudes[std::size_t(group)], most, hue);
  class_cells(context, layout, row, values, group);
  mark_control(context, name, icon);
  if (on_channel || !ImGui::IsWindowHovered() || !row.contains(ImGui::GetIO().MousePos)) return;
  context.hover.group = ref;
  context.hovered_at = row;
  if (ImGui::IsMouseClicked(0)) context.emit(action::PinGroup{ref});
}

// What no group explains, in the colour of what belongs to none.
void residual_row(Context& context, const Scene& scene, const GroupTable& table, const Layout& layout,
                  const ClassValues& values, double most, const Rect& row) {
  ImDrawList& list = *ImGui::GetWindowDrawList();
  const session::LayerGroups& groups = *table.groups;
  const ImU32 grey = color_of(factorization::no_group);
  const float side = std::max(context.px(4), row.height() - context.px(6));
  const float top = std::round(row.center().y - side / 2);
  list.AddRectFilled({row.from.x, top}, {row.from.x + context.px(hue_width), top + side}, grey,
                     context.px(2));
  const Rect map{{layout.icon_left, top}, {layout.icon_left + side, top + side}};
  draw_seen(scene, context, map);
  const float strongest = context.agreed("strength of what is in no group of " + groups.layer,
                                         range_of(*groups.residual_map, 0).second);
  draw_map(context, groups.residual_map, veil_scale(context, strongest), MapSampling::smooth, 0, map);
  const float text_left = map.to.x + context.px(10);
  ImFont* font = context.fonts.small;
  const float room = layout.magnitude.from.x - text_left - context.px(8);
  draw_text(context, font, {text_left, row.center().y - render::font_size(font) / 2}, context.theme.muted,
            text_size(font, "In no group").x <= room ? "In no group" : "Rest", room);
  magnitude_cell(context, layout, row, groups.factorization.residual * groups.factorization.norm, most, grey);
  class_cells(context, layout, row, values, std::nullopt);
  context.marks.add("groups/residual", row);
}

// What all of it comes to, beside what the network says.
void sum_rows(Context& context, const Layout& layout, const ClassValues& values, const Rect& where) {
  ImDrawList& list = *ImGui::GetWindowDrawList();
  const float rule = std::round(where.from.y) + 0.5f;
  list.AddLine({where.from.x, rule}, {where.to.x, rule}, context.theme.hairline);
  const auto row = [&](int index, const char* name, auto value, bool strong, const Certainty& certainty) {
    const float y = where.from.y + context.px(8) + context.px(sum_height) * float(index);
    const ImU32 color = strong ? context.theme.ink : context.theme.muted;
    draw_text(
        context, context.fonts.small, {layout.icon_left, y}, color, name,
        layout.classes.empty() ? where.width() : layout.classes[0].from.x - layout.icon_left - context.px(6));
    for (std::size_t i = 0; i < values.told.size() && i < layout.classes.size(); ++i) {
      const double told = double(value(values.told[i]));
      draw_text(context, context.fonts.number, {layout.classes[i].from.x, y}, color,
                sum_text(context, strong ? number(told) : signed_number(told), certainty));
    }
  };
  // The first and the last are the network's own, whatever the method.
  row(0, "Bias: what a layer of zeros gives", [](const auto& told) { return told.bias; }, false, {});
  row(
      1, "Missed by the method", [](const auto& told) { return told.gap; }, false, values.certainty);
  row(2, "The network says", [](const auto& told) { return told.value; }, true, {});
}

}  // namespace

int fitting_group_columns(const Context& context, const Rect& where) {
  const int fitting = int((where.width() - context.px(300)) / context.px(least_group_column));
  return std::clamp(fitting, 1, most_group_columns);
}

void group_table(const AppState& state, Context& context, const Scene& scene, const GroupTable& table,
                 const Rect& where) {
  const Layout layout = lay_out(context, table, where);
  const ClassValues values = values_of(state, context, table);
  const session::LayerGroups& groups = *table.groups;
  const double residual = groups.factorization.residual * groups.factorization.norm;
  double most = residual;
  for (const double magnitude : groups.magnitudes) most = std::max(most, magnitude);
  most = double(context.agreed("magnitude of groups of " + groups.layer, float(most)));
  header(state, context, scene, table, layout, where);
  float y = where.from.y + context.px(table_header_height);
  for (const int group : table.order) {
    group_row(state, context, scene, table, layout, values, group, most,
              {{where.from.x, y}, {where.to.x, y + layout.step}});
    y += layout.step;
  }
  residual_row(context, scene, table, layout, values, most,
               {{where.from.x, y}, {where.to.x, y + layout.residual}});
  y += layout.residual + context.px(8);
  sum_rows(context, layout, values, {{where.from.x, y}, where.to});
  if (table.effects.error && !layout.classes.empty())
    draw_failed(context,
                {{layout.classes.front().from.x, where.from.y + context.px(table_header_height)}, where.to},
                *table.effects.error);
}

}  // namespace tessera::ui
