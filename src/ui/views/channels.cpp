#include "ui/views/channels.h"

#include <algorithm>
#include <cmath>
#include <string>

#include "ui/views/channel_ranking.h"
#include "ui/widgets/answer_status.h"
#include "ui/widgets/icon.h"
#include "ui/widgets/layer_grid.h"
#include "ui/widgets/method_bar.h"
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
  rows.icon = std::max(context.px(8), std::min(context.px(largest_icon), std::floor(width * 0.5f)));
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
  const float left = icon.to.x + std::min(context.px(12), (where.width() - icon_side) * 0.15f);
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
  // In a narrow column the index has no room beside the number: it goes beneath the bar.
  const bool beside =
      text_size(context.fonts.number, told).x + context.px(6) + text_size(context.fonts.small, index).x <=
      room;
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
  context.marks.add(name, icon);
  if (!ImGui::IsWindowHovered() || !where.contains(ImGui::GetIO().MousePos)) return;
  context.hover.channel = ref;
  context.hovered_at = where;
  if (ImGui::IsMouseClicked(0)) click_channel(context, ref);
}

// What all channels and the bias come to, beside what the network says.
void totals(Context& context, const ChannelRanking& ranking, int shown, const Rect& where) {
  ImDrawList& list = *ImGui::GetWindowDrawList();
  ImFont* font = context.fonts.small;
  float y = where.from.y;
  const auto line = [&](const std::string& name, const std::string& value, ImU32 color) {
    const float taken = draw_text(context, font, {where.to.x, y}, color, value, 0, Align::right);
    draw_text(context, font, {where.from.x, y}, context.theme.muted, name,
              std::max(1.0f, where.width() - taken - context.px(6)));
    y += render::font_size(font) + context.px(3);
  };
  const float rule = std::round(y - context.px(6)) + 0.5f;
  list.AddLine({where.from.x, rule}, {where.to.x, rule}, context.theme.hairline);
  const std::string of = std::to_string(ranking.contribution.size());
  if (!ranking.attribution) {
    line("Showing " + std::to_string(shown) + " of", of, context.theme.muted);
    return;
  }
  const bool narrow = where.width() < context.px(140);
  line("All " + of + (narrow ? "" : " channels") + (ranking.of_everything ? "" : ", there"),
       sum_text(context, signed_number(double(ranking.total())), ranking.certainty()), context.theme.ink);
  if (!ranking.of_everything) return;
  // These two are the network's own, whatever the method.
  line("Bias", signed_number(double(ranking.attribution->baseline_value)), context.theme.muted);
  line(narrow ? "The network" : "The network says", number(double(ranking.attribution->value)),
       context.theme.ink);
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
                  {where.to.x, where.to.y - context.px(footer_height)}};
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
         {{where.from.x, where.to.y - context.px(footer_height - 18)}, where.to});
}

std::string title_of(const AppState& state, const Scene& scene) {
  if (const auto& pinned = state.selection.pinned.channel)
    return "What feeds channel " + std::to_string(pinned->channel) + " of " + pinned->layer +
           ", and what it feeds";
  return scene.objective ? "Channels for " + text_of(scene, *scene.objective) : "Channels";
}

std::string subtitle_of(const AppState& state) {
  return state.selection.place() || state.selection.pinned.region
             ? "What each channel contributes at the marked positions alone"
             : "What each channel contributes, over the whole picture";
}

}  // namespace

void channels_view(const AppState& state, Context& context, const Rect& where) {
  const auto scene = scene_of(state, context.engine);
  if (!scene || scene->layers.empty()) return;
  std::vector<ChannelRanking> rankings;
  // The last layer first: attribution means most there, and it is the quickest.
  for (auto layer = scene->layers.rbegin(); layer != scene->layers.rend(); ++layer)
    rankings.insert(rankings.begin(), channel_ranking(state, context.engine, *scene, **layer));
  const Rect body =
      view_header(context, where, title_of(state, *scene), subtitle_of(state), HeaderWith::choices_and_badge);
  method_bar(state, context, *scene, {where.to.x, view_header_choices(context, where)}, false);
  if (!state.selection.pinned.channel)
    trust_badge(state, context, *scene, rankings.back().layer->name,
                rankings.back().provisional ? nullptr : rankings.back().attribution.get(),
                {where.to.x, view_header_aside(context, where)});

  float shared = 0;
  for (const ChannelRanking& ranking : rankings) shared = std::max(shared, ranking.reach());
  shared = context.agreed("channels", shared);
  const float gap = context.px(layer_column_gap);
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
