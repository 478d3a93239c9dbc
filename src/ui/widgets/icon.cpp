#include "ui/widgets/icon.h"

#include <algorithm>

#include "ui/keys.h"
#include "ui/widgets/heat_map.h"
#include "ui/widgets/picture.h"
#include "ui/widgets/text.h"

namespace tessera::ui {
namespace {

constexpr float corner = 3;

ImU32 faded(float strength) { return IM_COL32(255, 255, 255, int(std::clamp(strength, 0.0f, 1.0f) * 255)); }

void empty_tile(Context& context, const Rect& where) {
  ImGui::GetWindowDrawList()->AddRectFilled(where.from, where.to, context.theme.hover_wash,
                                            context.px(corner));
}

// What is wrong with an icon is marked on it.
void mark_failure(Context& context, const featurevis::IconQuality& quality, const Rect& where) {
  if (!quality.settled || quality.failure == featurevis::Failure::none) return;
  ImDrawList& list = *ImGui::GetWindowDrawList();
  const float radius = context.px(3.5f);
  const ImVec2 at{where.to.x - 2 * radius, where.from.y + 2 * radius};
  list.AddCircleFilled(at, radius + context.px(1), context.theme.page);
  list.AddCircleFilled(at, radius, context.theme.warning);
}

bool draw_picture_of(Context& context, const std::shared_ptr<const featurevis::Icon>& icon, const Rect& where,
                     float strength) {
  const std::shared_ptr<const Image> image(icon, &icon->picture);
  const render::TextureId texture = context.textures.picture(image, render::Sampling::linear);
  if (!texture) return false;
  ImGui::GetWindowDrawList()->AddImageRounded(render::imgui_texture(texture), where.from, where.to, {0, 0},
                                              {1, 1}, faded(strength), context.px(corner));
  mark_failure(context, icon->quality, where);
  return true;
}

std::shared_ptr<const session::IconSheet> sheet_with(const Scene& scene, Context& context,
                                                     const ChannelRef& channel) {
  const auto sheet =
      context.engine.ask(session::FindIconSheet{session::intact(scene.model), channel.layer}).value;
  return sheet && sheet->picture && sheet->has(channel.channel) ? sheet : nullptr;
}

bool draw_from_sheet(Context& context, const session::IconSheet& sheet, int channel, const Rect& where,
                     float strength) {
  const render::TextureId texture = context.textures.picture(sheet.picture, render::Sampling::linear);
  if (!texture) return false;
  const float width = float(sheet.picture->width);
  const float height = float(sheet.picture->height);
  // Half a pixel in, so that the neighbours do not bleed into it.
  const ImVec2 from{(float(sheet.x(channel)) + 0.5f) / width, (float(sheet.y(channel)) + 0.5f) / height};
  const float inside = float(sheet.side) - 1;
  ImGui::GetWindowDrawList()->AddImageRounded(render::imgui_texture(texture), where.from, where.to, from,
                                              {from.x + inside / width, from.y + inside / height},
                                              faded(strength), context.px(corner));
  mark_failure(context, *sheet.icons[std::size_t(channel)], where);
  return true;
}

void stand_in(const Scene& scene, Context& context, const ChannelRef& channel, const Rect& where) {
  const auto activations = activations_of(scene, context.engine, channel.layer);
  if (!scene.seen || !activations || channel.channel >= activations->cube->channels) {
    empty_tile(context, where);
    return;
  }
  draw_seen(scene, context, where);
  render::ColorScale scale = veil_scale(context, 1);
  scale.per_channel = true;
  draw_map(context, activations->cube, scale, MapSampling::smooth, channel.channel, where);
}

}  // namespace

IconOf icon_of(const ChannelRef& channel) {
  return {channel.layer, featurevis::Channel{channel.channel}, false, 1, 0};
}

engine::Answer<featurevis::Icon> icon_answer(const Scene& scene, Context& context, const IconOf& which,
                                             engine::Visibility visibility) {
  session::RenderIcon query{session::intact(scene.model),
                            {which.layer, which.objective, which.negative},
                            featurevis::standard_recipe()};
  query.recipe.diversity = which.diversity;
  query.recipe.variation = which.variation;
  return session::ask_icon(context.engine, query, visibility);
}

void draw_icon(const Scene& scene, Context& context, const ChannelRef& channel, const Rect& where,
               engine::Visibility visibility, float strength) {
  if (const auto sheet = sheet_with(scene, context, channel);
      sheet && draw_from_sheet(context, *sheet, channel.channel, where, strength))
    return;
  const auto answer = icon_answer(scene, context, icon_of(channel), visibility);
  if (answer.value && draw_picture_of(context, answer.value, where, strength)) return;
  stand_in(scene, context, channel, where);
  if (strength < 1) {
    const ImU32 page = context.theme.page & ~IM_COL32_A_MASK;
    ImGui::GetWindowDrawList()->AddRectFilled(where.from, where.to,
                                              page | (ImU32((1 - strength) * 255) << IM_COL32_A_SHIFT));
  }
}

void draw_icon(const Scene& scene, Context& context, const IconOf& which, const Rect& where,
               engine::Visibility visibility, float strength) {
  const auto answer = icon_answer(scene, context, which, visibility);
  if (!answer.value || !draw_picture_of(context, answer.value, where, strength)) empty_tile(context, where);
}

void mark_channel(const Selection& selection, Context& context, const ChannelRef& channel,
                  const Rect& where) {
  const PickedChannels& picked = selection.pinned.picked;
  if (picked.layer == channel.layer && std::ranges::binary_search(picked.channels, channel.channel)) {
    const ImVec2 at{where.to.x - context.px(7), where.from.y + context.px(7)};
    ImGui::GetWindowDrawList()->AddCircleFilled(at, context.px(5), context.theme.page);
    ImGui::GetWindowDrawList()->AddCircleFilled(at, context.px(3.5f), context.theme.accent);
  }
  const bool pinned = selection.pinned.channel == channel;
  if (!pinned && selection.hovered.channel != channel) return;
  const Rect around = where.grown(context.px(2));
  ImGui::GetWindowDrawList()->AddRect(around.from, around.to, context.theme.accent, context.px(corner + 2), 0,
                                      context.px(pinned ? 3 : 2));
}

void click_channel(Context& context, const ChannelRef& channel) {
  if (control_held())
    context.emit(action::PickChannel{channel});
  else
    context.emit(action::PinChannel{channel});
}

std::string quality_text(const featurevis::IconQuality& quality) {
  if (!quality.settled) return "preview, step " + std::to_string(quality.steps);
  if (quality.failure != featurevis::Failure::none) return "failed: " + to_text(quality.failure);
  std::string text = "reached " + number(double(quality.objective));
  if (quality.natural && *quality.natural > 0)
    text += ", " + number(double(quality.objective / *quality.natural)) + " × natural";
  return text;
}

std::string quality_text(const Scene& scene, Context& context, const ChannelRef& channel) {
  if (const auto sheet = sheet_with(scene, context, channel))
    return quality_text(*sheet->icons[std::size_t(channel.channel)]);
  // Whatever draws the icon says how much it is wanted.
  const auto answer = icon_answer(scene, context, icon_of(channel), engine::Visibility::ahead);
  if (answer.value) return quality_text(answer.value->quality);
  return answer.failed()                          ? "cannot be made"
         : answer.state == engine::State::running ? "being made"
                                                  : "to be made";
}

}  // namespace tessera::ui
