#include "ui/views/channels.h"

#include <algorithm>
#include <cmath>
#include <string>

#include "ui/views/channel_ranking.h"
#include "ui/widgets/answer_status.h"
#include "ui/widgets/icon.h"
#include "ui/widgets/layer_grid.h"
#include "ui/widgets/method_choices.h"
#include "ui/widgets/provisional.h"
#include "ui/widgets/signed_bar.h"
#include "ui/widgets/text.h"
#include "ui/widgets/trust_badge.h"
#include "ui/widgets/view_header.h"

namespace tessera::ui {
namespace {

constexpr float ranking_row_gap = 10;
constexpr float largest_icon = 104;
constexpr float ranking_header_height = 30;
constexpr float footer_height = 76;
constexpr float narrow_footer = 140;  // of a column, in which a name and its number stand beneath each other
constexpr float narrow_footer_height = 124;
constexpr float number_room = 76;  // beside an icon: "−0.000123"
constexpr float least_ranking_column = 124;
constexpr float beside_linear =
    270;  // a column in which there is room for what is provisional about a number

// Where the rows of a column lie: supporting channels, a gap, opposing ones.
struct Rows {
  int supporting = 0;
  int opposing = 0;
  float icon = 0;
  float step = 0;
  float break_height = 0;
};

Rows lay_out(const Context& context, float width, float height) {
  Rows rows;
  const float room = std::min(width * 0.5f, width - context.px(number_room + 8));
  rows.icon = std::clamp(std::floor(room), context.px(8), context.px(largest_icon));
  rows.step = rows.icon + context.px(ranking_row_gap);
  rows.break_height = context.px(22);
  const int all = std::clamp(int((height - rows.break_height) / rows.step), 2, 12);
  rows.opposing = all >= 4 ? all / 3 : 1;
  rows.supporting = all - rows.opposing;
  return rows;
}

void channel_row(const AppState& state, Context& context, const Scene& scene, const ChannelRanking& ranking,
                 int channel, float reach, const Rect& where, float icon_side) {
  const ChannelRef ref{ranking.layer->name, channel};
  const auto& pinned = state.selection.pinned.channel;
  // The layer of the explained channel steps back, but for the channel itself.
  const bool aside = ranking.is_pinned_layer && pinned != ref;
  const Rect icon{where.from, {where.from.x + icon_side, where.from.y + icon_side}};
  draw_icon(scene, context, ref, icon, engine::Visibility::visible, aside ? 0.35f : 1.0f);
  mark_channel(state.selection, context, ref, icon);
  const bool marked = state.selection.channel() == ref;
  const float value = ranking.contribution[std::size_t(channel)];
  const Certainty certainty = ranking.certainty();
  const float beyond_number = where.width() - icon_side - context.px(number_room);
  const float left = icon.to.x + std::clamp(beyond_number, context.px(4), context.px(12));
  const ImU32 ink = aside    ? context.theme.faint
                    : marked ? context.theme.accent
                             : number_ink(context, context.theme.ink, certainty);
  const float number_height = render::font_size(context.fonts.number);
  const float middle = icon.center().y;
  const float index_height = render::font_size(context.fonts.small);
  const std::string told = signed_number(double(value), certainty), index = std::to_string(channel);
  const ImU32 index_color = aside ? context.theme.faint : context.theme.muted;
  const float thickness = context.px(6);
  const float room = where.to.x - left;
  // In a narrow column an index has no room beside a number: it goes beneath the bar, in all rows alike.
  const bool beside = context.px(number_room + 6) + text_size(context.fonts.small, "9999").x <= room;
  float bar = middle + context.px(5);
  if (beside) {
    draw_text(context, context.fonts.number, {left, middle - number_height}, ink, told);
    draw_text(context, context.fonts.small, {where.to.x, middle - index_height - context.px(1)}, index_color,
              index, 0, Align::right);
  } else {
    bar = middle - thickness / 2;
    draw_text(context, context.fonts.number, {left, bar - number_height - context.px(2)}, ink, told);
    draw_text(context, context.fonts.small, {left, bar + thickness + context.px(1)}, index_color, index,
              room);
  }
  if (!aside)
    signed_bar(context, value, reach, {{left, bar}, {where.to.x, bar + thickness}}, false, certainty);
  const std::string name = "channels/" + ref.layer + "/" + std::to_string(channel);
  mark_control(context, name, icon);
  if (!ImGui::IsWindowHovered() || !where.contains(ImGui::GetIO().MousePos)) return;
  context.hover.channel = ref;
  context.hovered_at = where;
  if (ImGui::IsMouseClicked(0)) click_channel(context, ref);
}

float footer(const Context& context, float width) {
  return context.px(width < context.px(narrow_footer) ? narrow_footer_height : footer_height);
}

// What all channels and the bias come to, beside what the network says.
void totals(Context& context, const ChannelRanking& ranking, int shown, const Rect& where) {
  ImDrawList& list = *ImGui::GetWindowDrawList();
  ImFont* font = context.fonts.small;
  float y = where.from.y;
  const float step = render::font_size(font) + context.px(3);
  const bool narrow = where.width() < context.px(narrow_footer);
  const auto line = [&](const std::string& name, const std::string& value, ImU32 color) {
    draw_text(context, font, {where.from.x, y}, context.theme.muted, name, where.width());
    if (narrow) y += step;
    draw_text(context, font, {where.to.x, y}, color, value, 0, Align::right);
    y += step;
  };
  const float rule = std::round(y - context.px(6)) + 0.5f;
  list.AddLine({where.from.x, rule}, {where.to.x, rule}, context.theme.hairline);
  const std::string of = std::to_string(ranking.contribution.size());
  if (!ranking.attribution) {
    line("Showing " + std::to_string(shown) + " of", of, context.theme.muted);
    return;
  }
  line("All " + of + (narrow ? "" : " channels") + (ranking.of_everything ? "" : ", there"),
       sum_text(context, signed_number(double(ranking.total())), ranking.certainty()), context.theme.ink);
  if (!ranking.of_everything) return;
  // These two are the network's own, whatever the method.
  line("Bias", signed_number(double(ranking.attribution->baseline_value)), context.theme.muted);
  line("The network says", number(double(ranking.attribution->value)), context.theme.ink);
}

// Rows as they will be, empty, so that nothing moves when they are there.
void waiting(Context& context, const Rows& rows, const Rect& body, const engine::Progress& progress) {
  for (int i = 0; i < rows.supporting + rows.opposing; ++i) {
    const float y = body.from.y + float(i) * rows.step + (i < rows.supporting ? 0 : rows.break_height);
    ImGui::GetWindowDrawList()->AddRectFilled({body.from.x, y}, {body.from.x + rows.icon, y + rows.icon},
                                              context.theme.hover_wash, context.px(3));
  }
  draw_pending(context, {{body.from.x + rows.icon, body.from.y}, {body.to.x, body.from.y + rows.icon}},
               progress, "Attribution");
}

void column(const AppState& state, Context& context, const Scene& scene, const ChannelRanking& ranking,
            float reach, ImFont* name_font, const Rect& where) {
  ImDrawList& list = *ImGui::GetWindowDrawList();
  const model::LayerInfo& layer = *ranking.layer;
  draw_text(context, name_font, where.from,
            ranking.is_pinned_layer ? context.theme.accent : context.theme.ink, layer.name, where.width());
  const float rule = std::round(where.from.y + context.px(22)) + 0.5f;
  list.AddLine({where.from.x, rule}, {where.to.x, rule}, context.theme.hairline);
  const Rect body{{where.from.x, where.from.y + context.px(ranking_header_height)},
                  {where.to.x, where.to.y - footer(context, where.width())}};
  const Rows rows = lay_out(context, body.width(), body.height());
  if (ranking.contribution.empty()) {
    if (ranking.error)
      draw_failed(context, body, *ranking.error);
    else
      waiting(context, rows, body, ranking.progress);
    return;
  }
  const int channels = int(ranking.order.size());
  float y = body.from.y;
  const auto draw = [&](int rank) {
    const Rect row{{body.from.x, y}, {body.to.x, y + rows.icon}};
    channel_row(state, context, scene, ranking, ranking.order[std::size_t(rank)], reach, row, rows.icon);
    y += rows.step;
  };
  const int supporting = std::min(rows.supporting, channels);
  const int opposing = std::min(rows.opposing, channels - supporting);
  for (int i = 0; i < supporting; ++i) draw(i);
  y += rows.break_height;
  draw_text(context, context.fonts.strong,
            {body.from.x + rows.icon / 2, y - rows.break_height - context.px(6)}, context.theme.faint, "…", 0,
            Align::center);
  for (int i = channels - opposing; i < channels; ++i) draw(i);
  totals(context, ranking, supporting + opposing,
         {{where.from.x, where.to.y - footer(context, where.width()) + context.px(18)}, where.to});
}

TextWithNames title_of(const AppState& state, const Scene& scene) {
  if (const auto& pinned = state.selection.pinned.channel)
    return {"What feeds channel " + std::to_string(pinned->channel) + " of " + pinned->layer +
                ", and what it feeds",
            {pinned->layer}};
  if (!scene.objective) return {"Channels"};
  return {"Channels for " + text_of(scene, *scene.objective), labels_of(scene, *scene.objective)};
}

// `shown` of `layers` have room.
std::string subtitle_of(const AppState& state, std::size_t shown, std::size_t layers) {
  const std::string text = state.selection.place() || state.selection.pinned.region
                               ? "What each channel contributes at the marked positions alone"
                               : "What each channel contributes, over the whole picture";
  if (shown == layers) return text;
  return text + ", in the last " + std::to_string(shown) + " of " + std::to_string(layers) + " layers";
}

}  // namespace

void channels_view(const AppState& state, Context& context, const Rect& where) {
  const auto scene = scene_of(state, context.engine);
  if (!scene || scene->layers.empty()) return;
  const float gap = context.px(layer_column_gap);
  const auto fitting = std::size_t((where.width() + gap) / (context.px(least_ranking_column) + gap));
  const std::size_t shown = std::clamp<std::size_t>(fitting, 1, scene->layers.size());
  std::vector<ChannelRanking> rankings;
  // The last layers where there is no room for all, the last one first: attribution means most there, and it
  // is the quickest.
  for (std::size_t i = 0; i < shown; ++i)
    rankings.insert(rankings.begin(), channel_ranking(state, context.engine, *scene,
                                                      *scene->layers[scene->layers.size() - 1 - i]));
  ViewHead head{title_of(state, *scene)};
  head.subtitle = {subtitle_of(state, shown, scene->layers.size())};
  head.choices = method_choices(state, context, *scene, false);
  const ChannelRanking& last = rankings.back();
  if (!state.selection.pinned.channel)
    head.badge = trust_badge(state, context, *scene, last.layer->name,
                             last.provisional ? nullptr : last.attribution.get());
  const Rect body = view_header(context, where, head);

  float shared = 0;
  for (const ChannelRanking& ranking : rankings) shared = std::max(shared, ranking.reach());
  shared = context.agreed("channels", shared);
  const float step = (body.width() + gap) / float(rankings.size());
  ImFont* name_font = font_of_names(context.fonts, names_of(scene->layers), step - gap);
  for (std::size_t i = 0; i < rankings.size(); ++i) {
    const float x = std::round(body.from.x + float(i) * step);
    const float reach = state.attribution.one_scale ? shared : rankings[i].reach();
    column(state, context, *scene, rankings[i], reach, name_font,
           {{x, body.from.y}, {x + step - gap, body.to.y}});
  }
}

}  // namespace tessera::ui
