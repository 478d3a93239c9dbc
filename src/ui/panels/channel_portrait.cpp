#include "ui/panels/channel_portrait.h"

#include <algorithm>
#include <cmath>
#include <string>
#include <vector>

#include "tessera/session/effect_queries.h"
#include "ui/attributions.h"
#include "ui/widgets/icon.h"
#include "ui/widgets/signed_bar.h"
#include "ui/widgets/text.h"

namespace tessera::ui {
namespace {

constexpr int diverse_icons = 4;
constexpr int strongest_places = 5;
constexpr float tile_gap = 6;
constexpr std::size_t listed_inputs = 5;

void label(Context& context, const char* text) {
  const ImVec2 at = ImGui::GetCursorScreenPos();
  const float width = ImGui::GetContentRegionAvail().x;
  const float above = context.px(8);
  const float taken =
      draw_wrapped(context, context.fonts.small, {at.x, at.y + above}, context.theme.muted, text, width);
  ImGui::Dummy({width, above + taken + context.px(3)});
}

// As many tiles in a row as asked for, over the whole width.
template <class Draw>
void tiles(Context& context, int count, const Draw& draw) {
  const float width = ImGui::GetContentRegionAvail().x;
  const float gap = context.px(tile_gap);
  const float side = std::floor((width - gap * float(count - 1)) / float(count));
  const ImVec2 at = ImGui::GetCursorScreenPos();
  for (int i = 0; i < count; ++i) {
    const float x = at.x + float(i) * (side + gap);
    draw(i, Rect{{x, at.y}, {x + side, at.y + side}});
  }
  ImGui::Dummy({width, side});
}

// The negative icon and those that are made to differ, in one row.
void more_icons(Context& context, const Scene& scene, const ChannelRef& channel) {
  label(context, "What makes it small, and four made to differ");
  tiles(context, 1 + diverse_icons, [&](int i, const Rect& where) {
    IconOf which = icon_of(channel);
    if (i == 0) {
      which.negative = true;
    } else {
      which.diversity = diverse_icons;
      which.variation = i - 1;
    }
    draw_icon(scene, context, which, where);
    context.marks.add(i == 0 ? "inspector/negative" : "inspector/diverse/" + std::to_string(i - 1), where);
  });
}

// Parts of the picture around the cells of the greatest activation, with a little of what surrounds them.
void places(Context& context, const Scene& scene, const ChannelRef& channel) {
  const auto activations = activations_of(scene, context.engine, channel.layer);
  if (!activations || !scene.seen) return;
  const Cube& cube = *activations->cube;
  std::vector<float> values(cube.positions());
  for (std::size_t i = 0; i < values.size(); ++i)
    values[i] = cube.values[i * std::size_t(cube.channels) + std::size_t(channel.channel)];
  const std::vector<int> order = descending(values);
  float widest = 0;  // of the values beneath, which are not cut
  for (int i = 0; i < std::min(strongest_places, int(order.size())); ++i)
    widest = std::max(
        widest, text_size(context.fonts.small, number(double(values[std::size_t(order[std::size_t(i)])]))).x);
  const float gap = context.px(tile_gap);
  const int fitting = std::max(1, int((ImGui::GetContentRegionAvail().x + gap) / (widest + gap)));
  const int count = std::min({strongest_places, fitting, int(order.size())});
  label(context, "Where it fires most");
  const std::shared_ptr<const Image> image(scene.seen, &scene.seen->image);
  const render::TextureId texture = context.textures.picture(image, render::Sampling::linear);
  tiles(context, count, [&](int i, const Rect& where) {
    const int index = order[std::size_t(i)];
    const Position cell{index / cube.width, index % cube.width};
    const Place place = place_of(channel.layer, cell, cube.height, cube.width);
    const float reach = std::max(1.5f / float(std::max(cube.height, cube.width)), 0.08f);
    const float y = std::clamp(place.y, reach, 1 - reach);
    const float x = std::clamp(place.x, reach, 1 - reach);
    if (texture)
      ImGui::GetWindowDrawList()->AddImageRounded(render::imgui_texture(texture), where.from, where.to,
                                                  {x - reach, y - reach}, {x + reach, y + reach},
                                                  IM_COL32_WHITE, context.px(3));
    draw_text(context, context.fonts.small, {where.center().x, where.to.y + context.px(2)},
              context.theme.muted, number(double(values[std::size_t(index)])), 0, Align::center);
    context.marks.add("inspector/place/" + std::to_string(i), where);
    if (!ImGui::IsWindowHovered() || !where.contains(ImGui::GetIO().MousePos)) return;
    context.hover.place = place;
    if (ImGui::IsMouseClicked(0)) context.emit(action::PinPlace{place});
  });
  ImGui::Dummy({1, context.px(16)});
}

void inputs(const AppState& state, Context& context, const Scene& scene, const ChannelRef& channel) {
  const auto answer =
      context.engine.ask(session::InputsOfChannel{scene.model, scene.image, channel.layer, channel.channel});
  label(context, "Strongest inputs, weight times activation");
  if (!answer.value) {
    draw_wrapped(context, context.fonts.small, ImGui::GetCursorScreenPos(), context.theme.faint,
                 answer.failed() ? answer.error->what() : "…", ImGui::GetContentRegionAvail().x);
    return;
  }
  const model::ChannelInputs& found = *answer.value;
  const float width = ImGui::GetContentRegionAvail().x;
  const float height = context.px(32);
  const float reach = found.inputs.empty() ? 0 : std::abs(found.inputs.front().contribution);
  float widest = 0;  // of the numbers, which the bars leave free
  for (std::size_t i = 0; i < std::min(listed_inputs, found.inputs.size()); ++i)
    widest = std::max(widest,
                      text_size(context.fonts.number, signed_number(double(found.inputs[i].contribution))).x);
  for (std::size_t i = 0; i < std::min(listed_inputs, found.inputs.size()); ++i) {
    const model::ChannelInput& input = found.inputs[i];
    const ImVec2 at = ImGui::GetCursorScreenPos();
    const Rect row{at, {at.x + width, at.y + height}};
    const float side = height - context.px(4);
    const Rect icon{at, {at.x + side, at.y + side}};
    const ChannelRef ref{found.layer, input.channel};
    if (!found.layer.empty()) {
      draw_icon(scene, context, ref, icon, engine::Visibility::ahead);
      mark_channel(state.selection, context, ref, icon);
    }
    const float text_y = icon.center().y - render::font_size(context.fonts.body) / 2;
    draw_text(context, context.fonts.body, {icon.to.x + context.px(8), text_y}, context.theme.ink,
              std::to_string(input.channel));
    const float bar_from = icon.to.x + context.px(52);
    const float middle = icon.center().y;
    signed_bar(
        context, input.contribution, reach,
        {{bar_from, middle - context.px(3)}, {row.to.x - widest - context.px(8), middle + context.px(3)}},
        true, {});
    draw_text(context, context.fonts.number, {row.to.x, text_y}, context.theme.muted,
              signed_number(double(input.contribution)), 0, Align::right);
    context.marks.add("inspector/input/" + std::to_string(input.channel), row);
    ImGui::Dummy({width, height - ImGui::GetStyle().ItemSpacing.y});
    if (found.layer.empty() || !ImGui::IsWindowHovered() || !row.contains(ImGui::GetIO().MousePos)) continue;
    context.hover.channel = ref;
    if (ImGui::IsMouseClicked(0)) context.emit(action::PinChannel{ref});
  }
  ImFont* font = context.fonts.small;
  const auto line = [&](const TextWithNames& text) {
    draw_text(context, font, ImGui::GetCursorScreenPos(), context.theme.muted, text, width);
    ImGui::Dummy({width, render::font_size(font)});
  };
  if (!found.layer.empty()) line({"Channels of " + found.layer, {found.layer}});
  line({"Bias " + signed_number(double(found.bias))});
}

}  // namespace

void channel_portrait(const AppState& state, Context& context, const Scene& scene,
                      const ChannelRef& channel) {
  more_icons(context, scene, channel);
  places(context, scene, channel);
  inputs(state, context, scene, channel);
}

}  // namespace tessera::ui
