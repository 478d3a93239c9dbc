#include "ui/views/comparison.h"

#include <algorithm>
#include <array>
#include <cmath>
#include <string>
#include <vector>

#include "ui/attributions.h"
#include "ui/scene.h"
#include "ui/widgets/answer_status.h"
#include "ui/widgets/icon.h"
#include "ui/widgets/method_choices.h"
#include "ui/widgets/picture.h"
#include "ui/widgets/provisional.h"
#include "ui/widgets/signed_bar.h"
#include "ui/widgets/text.h"
#include "ui/widgets/trust_badge.h"
#include "ui/widgets/view_header.h"

namespace tessera::ui {
namespace {

constexpr float comparison_picture_width = 280;
constexpr float label_width = 148;
constexpr float narrow_label_width = 88;
constexpr float narrow_table = 460;
constexpr float table_of_one_sum = 700;  // below, each sum has a line
constexpr float tile_gap = 12;
constexpr float break_width = 36;
constexpr float least_tile = 78;  // "−0.000123"
constexpr float largest_tile = 140;
constexpr float cell_height = 28;
constexpr int most_each_side = 6;

// What the channels of a layer contribute to both classes, and the difference.
struct Evidence {
  std::vector<float> plus;
  std::vector<float> minus;
  std::vector<float> net;
  std::vector<int> order;  // by descending net evidence
  float reach = 0;         // the largest magnitude of all three
  Certainty certainty;
};

// Of the two together: as far as the one that is still to come.
Certainty certainty_of(const LayerAttribution& plus, const LayerAttribution& minus) {
  return (plus.provisional ? plus : minus).certainty();
}

Evidence weigh(const LayerAttribution& plus, const LayerAttribution& minus) {
  Evidence evidence;
  evidence.plus = by_channel(*plus.value->values);
  evidence.minus = by_channel(*minus.value->values);
  evidence.certainty = certainty_of(plus, minus);
  evidence.net.resize(evidence.plus.size());
  for (std::size_t c = 0; c < evidence.net.size(); ++c)
    evidence.net[c] = evidence.plus[c] - evidence.minus[c];
  evidence.order = descending(evidence.net);
  for (const std::vector<float>* values : {&evidence.plus, &evidence.minus, &evidence.net})
    for (const float value : *values) evidence.reach = std::max(evidence.reach, std::abs(value));
  return evidence;
}

// Where the tiles lie: label column, those for one class, a break, those for the other.
struct Columns {
  int each_side = 0;
  float labels = 0;  // width of the column of labels
  float tile = 0;
  float left = 0;
  float right_from = 0;
  float step = 0;
};

Columns lay_out(const Context& context, const Rect& where, int channels) {
  Columns columns;
  const bool narrow = where.width() < context.px(narrow_table);
  columns.labels = context.px(narrow ? narrow_label_width : label_width);
  columns.left = where.from.x + columns.labels;
  const float room = where.to.x - columns.left - context.px(narrow ? break_width * 0.6f : break_width);
  const float gap = context.px(tile_gap);
  const int fitting = int((room / 2 + gap) / (context.px(least_tile) + gap));
  columns.each_side = std::max(1, std::min({fitting, most_each_side, channels / 2}));
  const float half = room / 2;
  const float fitted = std::floor((half - gap * float(columns.each_side - 1)) / float(columns.each_side));
  columns.tile = std::clamp(fitted, context.px(8), context.px(largest_tile));
  columns.step = columns.tile + gap;
  columns.right_from = where.to.x - columns.step * float(columns.each_side) + gap;
  return columns;
}

// A line from the picture down, and arrows out to both names.
void brackets(Context& context, ImVec2 top, float y, float left, float right) {
  ImDrawList& list = *ImGui::GetWindowDrawList();
  const ImU32 color = context.theme.faint;
  const float head = context.px(5);
  const float bend = context.px(8);
  const float line = context.px(1);
  list.AddLine(top, {top.x, y - bend}, color, line);
  for (const auto& [end, way] : {std::pair{left, -1.0f}, std::pair{right, 1.0f}}) {
    list.AddBezierQuadratic({top.x, y - bend}, {top.x, y}, {top.x + way * bend, y}, color, line);
    list.AddLine({top.x + way * bend, y}, {end, y}, color, line);
    list.AddLine({end, y}, {end - way * head, y - head}, color, line);
    list.AddLine({end, y}, {end - way * head, y + head}, color, line);
  }
}

// A class's name is in the colour of what speaks for it, where anything is.
ImU32 sign_or_ink(const Context& context, double sign, const Certainty& certainty) {
  return certainty.provisional ? context.theme.ink : sign_color(context, sign, certainty);
}

void names(Context& context, const Scene& scene, const ObjectiveChoice& choice, const Rect& table,
           const Columns& columns, const Rect& seen, const Certainty& certainty, float y) {
  const float half = columns.step * float(columns.each_side) - context.px(tile_gap);
  const auto fits = [&](int index) {
    return text_size(context.fonts.title, scene.label(index)).x <= half * 0.8f;
  };
  ImFont* font = fits(choice.plus) && fits(*choice.minus) ? context.fonts.title : context.fonts.strong;
  const float height = render::font_size(font);
  const float left = draw_text(context, font, {columns.left, y - height / 2},
                               sign_or_ink(context, 1, certainty), scene.label(choice.plus), half * 0.8f);
  const float right =
      draw_text(context, font, {table.to.x, y - height / 2}, sign_or_ink(context, -1, certainty),
                scene.label(*choice.minus), half * 0.8f, Align::right);
  const float clear = context.px(18);
  brackets(context, {seen.center().x, seen.to.y + context.px(6)}, y, columns.left + left + clear,
           table.to.x - right - clear);
  draw_text(context, context.fonts.strong, {table.from.x, y - render::font_size(context.fonts.strong) / 2},
            context.theme.ink, "Channels that", columns.labels - context.px(8));
  draw_text(context, context.fonts.strong, {table.from.x, y + render::font_size(context.fonts.strong) / 2},
            context.theme.ink, "most support …", columns.labels - context.px(8));
}

struct Row {
  std::string name;
  const std::vector<float>* values;
  bool speaks_for_other;  // what is positive speaks for the second class
};

void tile(const AppState& state, Context& context, const Scene& scene, const Evidence& evidence,
          const std::array<Row, 3>& rows, int channel, ImVec2 at, float side) {
  const ChannelRef ref{scene.layer->name, channel};
  const Rect icon{at, {at.x + side, at.y + side}};
  draw_icon(scene, context, ref, icon);
  mark_channel(state.selection, context, ref, icon);
  mark_control(context, "comparison/" + std::to_string(channel), icon);
  float y = icon.to.y + context.px(10);
  draw_text(context, context.fonts.small, {at.x + side / 2, y}, context.theme.muted, std::to_string(channel),
            0, Align::center);
  y += context.px(24);
  for (const Row& row : rows) {
    const float value = (*row.values)[std::size_t(channel)];
    const float height = context.px(cell_height - 5);
    tinted_cell(context, row.speaks_for_other ? -value : value, evidence.reach,
                signed_number(double(value), evidence.certainty), {{at.x, y}, {at.x + side, y + height}},
                evidence.certainty);
    y += context.px(cell_height);
  }
  const Rect whole{at, {at.x + side, y}};
  if (!ImGui::IsWindowHovered() || !whole.contains(ImGui::GetIO().MousePos)) return;
  context.hover.channel = ref;
  context.hovered_at = whole;
  if (ImGui::IsMouseClicked(0)) click_channel(context, ref);
}

void row_labels(Context& context, const std::array<Row, 3>& rows, const Rect& table, const Columns& columns) {
  ImDrawList& list = *ImGui::GetWindowDrawList();
  const float width = columns.labels - context.px(10);
  draw_text(context, context.fonts.body, table.from, context.theme.ink, "Icon of channel", width);
  float y = table.from.y + columns.tile + context.px(10);
  draw_text(context, context.fonts.body, {table.from.x, y - context.px(1)}, context.theme.ink, "Channel",
            width);
  y += context.px(24);
  for (const Row& row : rows) {
    const float rule = std::round(y - context.px(3)) + 0.5f;
    list.AddLine({table.from.x, rule}, {table.to.x, rule}, context.theme.hairline);
    draw_text(context, context.fonts.body, {table.from.x, y + context.px(3)}, context.theme.ink, row.name,
              width);
    y += context.px(cell_height);
  }
}

// All channels and the bias, for both classes and the difference.
void totals(Context& context, const attribution::Attribution& plus, const attribution::Attribution& minus,
            const Certainty& certainty, std::size_t channels, const Rect& table, float left, float y) {
  const auto line = [&](const char* name, float a, float b) {
    return std::string(name) + " " + signed_number(double(a - b)) + " = " + number(double(a)) + " − " +
           (b < 0 ? "(" + number(double(b)) + ")" : number(double(b)));
  };
  const std::string all_channels = "All " + std::to_string(channels) + " channels:";
  // Bias and value are the network's own, whatever the method.
  const std::array<std::string, 3> lines{certainty.provisional
                                             ? all_channels + " " + sum_text(context, {}, certainty)
                                             : line(all_channels.c_str(), plus.total, minus.total),
                                         line("Bias:", plus.baseline_value, minus.baseline_value),
                                         line("The network says:", plus.value, minus.value)};
  ImFont* font = context.fonts.small;
  const std::string all = lines[0] + "      " + lines[1] + "      " + lines[2];
  if (text_size(font, all).x <= table.to.x - left) {
    draw_text(context, font, {left, y}, context.theme.muted, all);
    return;
  }
  for (const std::string& each : lines) {
    y += draw_wrapped(context, font, {table.from.x, y}, context.theme.muted, each, table.width()) +
         context.px(3);
  }
}

}  // namespace

ObjectiveChoice two_classes(const Scene& scene) {
  ObjectiveChoice choice = *scene.objective;
  if (choice.minus || !scene.verdict) return choice;
  for (const model::ClassScore& score : scene.verdict->classes) {
    if (score.index == choice.plus) continue;
    choice.minus = score.index;
    break;
  }
  return choice;
}

void comparison_view(const AppState& state, Context& context, const Rect& where) {
  const auto scene = scene_of(state, context.engine);
  if (!scene || !scene->layer || !scene->objective) return;
  const ObjectiveChoice choice = two_classes(*scene);
  if (!choice.minus) return;
  const std::string& layer = scene->layer->name;
  const LayerAttribution plus =
      attribution_of(state, context.engine, *scene, layer, attribution::ClassLogit{choice.plus});
  const LayerAttribution minus =
      attribution_of(state, context.engine, *scene, layer, attribution::ClassLogit{*choice.minus});
  ViewHead head{{"Why " + text_of(*scene, choice) + "?", labels_of(*scene, choice)}};
  head.subtitle = {"Net evidence of the channels of " + layer, {layer}};
  head.choices = method_choices(state, context, *scene, false);
  head.badge = trust_badge(state, context, *scene, layer, plus.provisional ? nullptr : plus.value.get());
  const Rect body = view_header(context, where, head);

  // Without the picture's height, the table needs this much.
  const Columns columns = lay_out(context, body, scene->layer->channels);
  const bool sums_in_lines = context.beside || body.width() < context.px(table_of_one_sum);
  const float beneath = body.width() < context.px(narrow_table) ? 108 : sums_in_lines ? 66 : 34;
  const float table_height = columns.tile + context.px(10 + 24 + 3 * cell_height + beneath);
  const float names_height = context.px(64);
  const float room = body.height() - table_height - names_height;
  const float height =
      std::min(context.px(comparison_picture_width) * scene->aspect(), std::max(context.px(80), room));
  const float width = height / scene->aspect();
  const float center = (columns.left + body.to.x) / 2;
  const Rect seen{{std::round(center - width / 2), body.from.y},
                  {std::round(center + width / 2), body.from.y + height}};
  const auto overlay = overlay_of_selection(state, context, *scene);
  picture(state, context, *scene, "image", scene->layer, overlay, seen);
  const Rect table{{body.from.x, seen.to.y + names_height}, body.to};
  names(context, *scene, choice, table, columns, seen, certainty_of(plus, minus),
        seen.to.y + names_height / 2);

  if (!plus.value || !minus.value || !plus.value->values || !minus.value->values) {
    if (plus.error || minus.error)
      draw_failed(context, table, plus.error ? *plus.error : *minus.error);
    else
      draw_pending(context, {table.from, {table.to.x, table.from.y + columns.tile}}, plus.progress,
                   "Attribution");
    return;
  }
  Evidence evidence = weigh(plus, minus);
  evidence.reach = context.agreed("evidence", evidence.reach);
  const std::array<Row, 3> rows{Row{"Net evidence", &evidence.net, false},
                                Row{"for " + scene->label(choice.plus), &evidence.plus, false},
                                Row{"for " + scene->label(*choice.minus), &evidence.minus, true}};
  row_labels(context, rows, table, columns);
  const int channels = int(evidence.order.size());
  for (int i = 0; i < columns.each_side; ++i) {
    tile(state, context, *scene, evidence, rows, evidence.order[std::size_t(i)],
         {std::round(columns.left + float(i) * columns.step), table.from.y}, columns.tile);
    tile(state, context, *scene, evidence, rows,
         evidence.order[std::size_t(channels - columns.each_side + i)],
         {std::round(columns.right_from + float(i) * columns.step), table.from.y}, columns.tile);
  }
  const float left_end = columns.left + columns.step * float(columns.each_side) - context.px(tile_gap);
  draw_text(context, context.fonts.title,
            {(left_end + columns.right_from) / 2, table.from.y + columns.tile / 2 - context.px(16)},
            context.theme.faint, "…", 0, Align::center);
  totals(context, *plus.value, *minus.value, evidence.certainty, evidence.net.size(), table, columns.left,
         table.from.y + columns.tile + context.px(10 + 24 + 3 * cell_height + 12));
}

}  // namespace tessera::ui
