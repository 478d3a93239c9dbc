#include "ui/panels/position_facts.h"

#include <algorithm>
#include <cmath>
#include <numeric>
#include <string>

#include "ui/widgets/icon.h"
#include "ui/widgets/text.h"

namespace tessera::ui {
namespace {

constexpr int most_channels = 16;
constexpr float channel_row_height = 34;

void channel_row(const AppState& state, Context& context, const Scene& scene, const ChannelRef& channel,
                 float value, float greatest, float numbers_width) {
  ImDrawList& list = *ImGui::GetWindowDrawList();
  const float width = ImGui::GetContentRegionAvail().x;
  const ImVec2 at = ImGui::GetCursorScreenPos();
  const std::string name = "inspector/channel/" + std::to_string(channel.channel);
  const Rect row{at, {at.x + width, at.y + context.px(channel_row_height)}};
  if (ImGui::InvisibleButton(name.c_str(), {width, row.height()})) context.emit(action::PinChannel{channel});
  if (ImGui::IsItemHovered()) context.hover.channel = channel;
  const bool marked = state.selection.channel() == channel;
  const float side = context.px(28);
  const Rect map{{at.x, at.y + context.px(3)}, {at.x + side, at.y + context.px(3) + side}};
  draw_icon(scene, context, channel, map);
  mark_channel(state.selection, context, channel, map);
  const float text_y = row.center().y - render::font_size(context.fonts.body) / 2;
  const float bar_from = map.to.x + context.px(52);
  draw_text(context, context.fonts.body, {map.to.x + context.px(10), text_y},
            marked ? context.theme.accent : context.theme.ink, std::to_string(channel.channel));
  const float bar_room = std::max(1.0f, row.to.x - numbers_width - context.px(8) - bar_from);
  const float length = greatest > 0 ? bar_room * std::clamp(value / greatest, 0.0f, 1.0f) : 0;
  const float thickness = context.px(7);
  list.AddRectFilled({bar_from, row.center().y - thickness / 2},
                     {bar_from + length, row.center().y + thickness / 2},
                     marked ? context.theme.accent : context.theme.bar);
  draw_text(context, context.fonts.number,
            {row.to.x, row.center().y - render::font_size(context.fonts.number) / 2}, context.theme.muted,
            number(value), 0, Align::right);
  context.marks.add(name, row);
}

}  // namespace

std::vector<int> strongest_channels(std::span<const float> activation_vector, int count) {
  std::vector<int> order(activation_vector.size());
  std::iota(order.begin(), order.end(), 0);
  const auto kept = std::min<std::size_t>(order.size(), std::size_t(std::max(0, count)));
  const auto value = [&](int c) {
    const float v = activation_vector[std::size_t(c)];
    return std::isnan(v) ? -INFINITY : v;
  };
  std::partial_sort(order.begin(), order.begin() + std::ptrdiff_t(kept), order.end(),
                    [&](int a, int b) { return value(a) != value(b) ? value(a) > value(b) : a < b; });
  order.resize(kept);
  return order;
}

void position_facts(const AppState& state, Context& context, const Scene& scene, const Place& place) {
  const model::LayerInfo* layer = scene.card->find_layer(place.layer);
  if (!layer) return;
  const Position cell = cell_of(place, layer->height, layer->width);
  const bool pinned = state.selection.pinned.place == place;
  section_title(context, "Row " + std::to_string(cell.y) + ", column " + std::to_string(cell.x),
                pinned ? layer->name + ", pinned" : layer->name);
  const auto activations = activations_of(scene, context.engine, layer->name, engine::Visibility::focused);
  if (!activations) return;
  const auto vector = activations->cube->position(cell.y, cell.x);
  const float room = ImGui::GetContentRegionAvail().y;
  const int rows = std::clamp(int(room / context.px(channel_row_height)), 4, most_channels);
  const auto strongest = strongest_channels(vector, rows);
  const float greatest = strongest.empty() ? 0 : vector[std::size_t(strongest.front())];
  float widest = 0;
  for (const int channel : strongest)
    widest =
        std::max(widest, text_size(context.fonts.number, number(double(vector[std::size_t(channel)]))).x);
  ImGui::PushStyleVar(ImGuiStyleVar_ItemSpacing, {0, 0});
  for (const int channel : strongest)
    channel_row(state, context, scene, {layer->name, channel}, vector[std::size_t(channel)], greatest,
                widest);
  ImGui::PopStyleVar();
}

}  // namespace tessera::ui
