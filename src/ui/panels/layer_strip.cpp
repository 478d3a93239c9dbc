#include "ui/panels/layer_strip.h"

#include <algorithm>
#include <cmath>

#include "ui/panels/layer_actions.h"

namespace tessera::ui {
namespace {

constexpr float tallest_bar = 15;
constexpr float lowest_bar = 3;
constexpr float widest_bar = 16;
constexpr float above_bars = 2;
constexpr float dot_below = 5;  // from the bars' foot to the middle of a dot
constexpr float dot_radius = 2;

// Grids are halved from stage to stage: a halving takes the same from every bar.
float fineness(const model::LayerInfo& layer) {
  return std::log2(1.0f + float(std::max(layer.height, layer.width)));
}

struct StripScale {
  ImVec2 from;
  float foot;
  float step;  // from layer to layer
  float finest;
};

Rect bar_of(const Context& context, const StripScale& scale, const model::LayerInfo& layer, int index) {
  const float share = scale.finest > 0 ? fineness(layer) / scale.finest : 0;
  const float height = context.px(lowest_bar + (tallest_bar - lowest_bar) * share);
  const float thickness = std::max(1.0f, std::min(context.px(widest_bar), std::round(scale.step * 0.6f)));
  const float x = std::round(scale.from.x + (float(index) + 0.5f) * scale.step - thickness / 2);
  return {{x, std::round(scale.foot - height)}, {x + thickness, scale.foot}};
}

}  // namespace

void layer_strip(const AppState& state, Context& context, const model::ModelCard& card,
                 const std::vector<std::string>& shown) {
  const ImVec2 from = ImGui::GetCursorScreenPos();
  const float width = ImGui::GetContentRegionAvail().x;
  const Rect where{from, {from.x + width, from.y + context.px(layer_strip_height)}};
  if (card.layers.empty()) {
    ImGui::Dummy({width, where.height()});
    return;
  }
  const int count = int(card.layers.size());
  StripScale scale{from, std::round(from.y + context.px(above_bars + tallest_bar)), width / float(count), 0};
  for (const model::LayerInfo& layer : card.layers) scale.finest = std::max(scale.finest, fineness(layer));

  const bool clicked = ImGui::InvisibleButton("rail/strip", {width, where.height()});
  int pointed = -1;
  if (ImGui::IsItemHovered())
    pointed = std::clamp(int((ImGui::GetIO().MousePos.x - from.x) / scale.step), 0, count - 1);

  ImDrawList& list = *ImGui::GetWindowDrawList();
  const auto is_shown = [&](const model::LayerInfo& layer) {
    return std::ranges::find(shown, layer.name) != shown.end();
  };
  const auto draw = [&](int index, ImU32 color) {
    const Rect bar = bar_of(context, scale, card.layers[std::size_t(index)], index);
    list.AddRectFilled(bar.from, bar.to, color);
    return bar;
  };
  // What stands out comes last: of many layers, neighbours share their pixels.
  for (int i = 0; i < count; ++i) {
    const model::LayerInfo& layer = card.layers[std::size_t(i)];
    const Rect bar = draw(i, layer.suggested ? context.theme.muted : context.theme.bar);
    context.marks.add("rail/strip/" + layer.name, {{from.x + float(i) * scale.step, where.from.y},
                                                   {from.x + float(i + 1) * scale.step, where.to.y}});
    if (is_shown(layer))
      list.AddCircleFilled({bar.center().x, scale.foot + context.px(dot_below)}, context.px(dot_radius),
                           context.theme.muted);
  }
  for (int i = 0; i < count; ++i) {
    if (card.layers[std::size_t(i)].name != state.selection.layer) continue;
    const Rect bar = bar_of(context, scale, card.layers[std::size_t(i)], i);
    list.AddRectFilled({bar.from.x - context.px(2), where.from.y}, {bar.to.x + context.px(2), scale.foot},
                       context.theme.accent_wash);
    draw(i, context.theme.accent);
    list.AddRectFilled({bar.from.x - context.px(2), scale.foot},
                       {bar.to.x + context.px(2), scale.foot + context.px(1.5f)}, context.theme.accent);
  }
  if (pointed >= 0) {
    const model::LayerInfo& layer = card.layers[std::size_t(pointed)];
    draw(pointed, context.theme.accent);
    layer_tooltip(layer, is_shown(layer));
    if (clicked) click_layer(context, layer.name, shown);
  }
  context.marks.add("rail/strip", where);
}

}  // namespace tessera::ui
