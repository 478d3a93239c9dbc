#include "ui/widgets/heat_map.h"

#include <algorithm>
#include <cmath>
#include <tuple>
#include <utility>

#include "ui/widgets/signed_bar.h"
#include "ui/widgets/text.h"

namespace tessera::ui {
namespace {

// Over a picture even the strongest value lets through what it fires on.
constexpr int faded_alpha = 200;

render::Sampling texture_sampling(MapSampling sampling) {
  return sampling == MapSampling::smooth ? render::Sampling::linear : render::Sampling::nearest;
}

}  // namespace

std::pair<float, float> range_of(const Cube& cube, int channel) {
  float low = 0;
  float high = 0;
  for (std::size_t i = std::size_t(channel); i < cube.values.size(); i += std::size_t(cube.channels)) {
    if (!std::isfinite(cube.values[i])) continue;
    low = std::min(low, cube.values[i]);
    high = std::max(high, cube.values[i]);
  }
  return {low, high};
}

render::ColorScale activation_scale(const session::LayerActivations& activations, const SheetOptions& options,
                                    render::Ground ground, std::optional<int> channel) {
  render::ColorScale scale;
  scale.ground = ground;
  scale.per_channel = options.scale == ScaleMode::per_channel;
  float low = activations.minimum;
  float high = activations.maximum;
  // The layer decides the map, so that channels of one layer never differ in what a colour means.
  const bool is_signed = low < 0;
  if (scale.per_channel && channel) std::tie(low, high) = range_of(*activations.cube, *channel);
  if (is_signed) {
    scale.map = render::ColorMap::diverging;
    const float reach = std::max(std::abs(low), std::abs(high));
    scale.low = -reach;
    scale.high = reach;
  } else {
    scale.map = render::ColorMap::sequential;
    scale.low = 0;
    scale.high = high;
  }
  if (scale.low == scale.high) scale.high = scale.low + 1;
  return scale;
}

void draw_channel(Context& context, const session::LayerActivations& activations, const std::string& layer,
                  const SheetOptions& options, int channel, const Rect& where, bool fade) {
  render::ColorScale scale = activation_scale(activations, options, context.theme.ground);
  if (scale.per_channel) {
    context.on_own_scale();
  } else {
    scale.high = context.agreed("activations of " + layer, scale.high);
    if (scale.map == render::ColorMap::diverging) scale.low = -scale.high;
  }
  scale.fade = fade;
  draw_map(context, activations.cube, scale, options.sampling, channel, where,
           fade ? float(faded_alpha) / 255 : 1);
}

void draw_map(Context& context, const std::shared_ptr<const Cube>& cube, const render::ColorScale& scale,
              MapSampling sampling, int channel, const Rect& where, float opacity) {
  const render::Atlas atlas = context.textures.channels(cube, scale, texture_sampling(sampling));
  if (!atlas.texture) return;
  const render::TextureRegion region = atlas.region(channel);
  ImGui::GetWindowDrawList()->AddImage(render::imgui_texture(atlas.texture), where.from, where.to,
                                       {region.u0, region.v0}, {region.u1, region.v1},
                                       IM_COL32(255, 255, 255, int(opacity * 255 + 0.5f)));
}

render::ColorScale veil_scale(const Context& context, float high) {
  render::ColorScale scale;
  scale.map = render::ColorMap::veil;
  scale.ground = context.theme.ground;
  scale.high = high > 0 ? high : 1;
  return scale;
}

render::ColorScale signed_scale(const Context& context, float reach, bool fade, const Certainty& certainty) {
  render::ColorScale scale;
  scale.map = context.draws_provisional(certainty) ? render::ColorMap::neutral : render::ColorMap::diverging;
  scale.ground = context.theme.ground;
  scale.high = reach > 0 ? reach : 1;
  scale.low = -scale.high;
  scale.fade = fade;
  return scale;
}

std::optional<Position> cell_at(const Rect& where, int height, int width, ImVec2 point) {
  if (!where.contains(point) || height <= 0 || width <= 0) return std::nullopt;
  const int y = int((point.y - where.from.y) / where.height() * float(height));
  const int x = int((point.x - where.from.x) / where.width() * float(width));
  return Position{std::clamp(y, 0, height - 1), std::clamp(x, 0, width - 1)};
}

Rect cell_rect(const Rect& where, int height, int width, Position position) {
  const float step_x = where.width() / float(width);
  const float step_y = where.height() / float(height);
  const ImVec2 from{where.from.x + step_x * float(position.x), where.from.y + step_y * float(position.y)};
  return {from, {from.x + step_x, from.y + step_y}};
}

void outline_cell(Context& context, const Rect& cell) {
  ImDrawList& list = *ImGui::GetWindowDrawList();
  const float line = context.px(1);
  const Rect around = cell.grown(line);
  list.AddRect(around.from, around.to, IM_COL32(255, 255, 255, 220), 0, 0, line);
  list.AddRect(cell.from, cell.to, context.theme.accent, 0, 0, line);
}

float draw_color_bar(Context& context, const render::ColorScale& scale, ImVec2 at, float width,
                     const TextWithNames& label) {
  if (!context.shown.legend) return 0;
  ImDrawList& list = *ImGui::GetWindowDrawList();
  const float thickness = context.px(8);
  const ImVec2 to{at.x + width, at.y + thickness};
  if (const render::TextureId bar = context.textures.color_bar(scale))
    list.AddImage(render::imgui_texture(bar), at, to);
  list.AddRect(at, to, context.theme.hairline);
  ImFont* font = context.fonts.small;
  const float below = to.y + context.px(4);
  // A map without signs is of provisional values.
  const Certainty certainty{scale.map == render::ColorMap::neutral};
  const auto told = [&](float value) {
    return certainty.provisional ? signed_number(double(value), certainty) : number(double(value));
  };
  const std::string low = told(scale.low), high = told(scale.high);
  const std::string middle = told((scale.low + scale.high) / 2);
  draw_text(context, font, {at.x, below}, context.theme.muted, low);
  draw_text(context, font, {to.x, below}, context.theme.muted, high, 0, Align::right);
  const float x = (at.x + to.x) / 2;
  list.AddLine({x, to.y}, {x, to.y + context.px(3)}, context.theme.faint);
  const float ends = std::max(text_size(font, low).x, text_size(font, high).x);
  if (2 * ends + text_size(font, middle).x + context.px(16) <= width)
    draw_text(context, font, {x, below}, context.theme.muted, middle, 0, Align::center);
  const float line = render::font_size(font) + context.px(4);
  draw_text(context, font, {at.x, below + line}, context.theme.muted, label, width);
  return thickness + 2 * line + context.px(4);
}

}  // namespace tessera::ui
