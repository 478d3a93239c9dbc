#include "ui/widgets/picture.h"

#include <algorithm>
#include <cmath>

#include "tessera/session/position_sum.h"
#include "ui/attributions.h"
#include "ui/groups.h"
#include "ui/widgets/heat_map.h"
#include "ui/widgets/provisional.h"
#include "ui/widgets/text.h"
#include "ui/widgets/zoom.h"

namespace tessera::ui {
namespace {

// The picture steps back under colours, so that they can be read.
void step_back(Context& context, const Rect& where) {
  const ImU32 color =
      context.theme.ground == render::Ground::light ? IM_COL32(255, 255, 255, 150) : IM_COL32(0, 0, 0, 150);
  ImGui::GetWindowDrawList()->AddRectFilled(where.from, where.to, color);
}

std::optional<Overlay2D> activation_overlay(Context& context, const Scene& scene, const ChannelRef& channel) {
  const auto activations = activations_of(scene, context.engine, channel.layer);
  if (!activations || channel.channel >= activations->cube->channels) return std::nullopt;
  const auto [low, high] = range_of(*activations->cube, channel.channel);
  const std::string name = "Activation of " + channel.layer + ", channel " + std::to_string(channel.channel);
  const float reach = context.agreed(name, std::max(-low, high));
  Overlay2D overlay{activations->cube, channel.channel, veil_scale(context, reach), {name, {channel.layer}}};
  // Where values have signs, hiding all that is below zero would hide half of it.
  if (activations->minimum < 0) overlay.scale = signed_scale(context, reach, true);
  return overlay;
}

// Ends with the objective.
TextWithNames contribution_label(const Scene& scene, const std::string& before, const std::string& layer) {
  TextWithNames label{before + text_of(scene, *scene.objective), {layer}};
  for (const std::string& name : labels_of(scene, *scene.objective)) label.names.push_back(name);
  return label;
}

std::optional<Overlay2D> attribution_overlay(const AppState& state, Context& context, const Scene& scene,
                                             const ChannelRef& channel) {
  if (!scene.objective) return std::nullopt;
  const LayerAttribution found =
      attribution_of(state, context.engine, scene, channel.layer, objective_of(*scene.objective),
                     wanted(state.selection.pinned.channel, channel));
  if (!found.value || !found.value->values) return std::nullopt;
  const auto [low, high] = range_of(*found.value->values, channel.channel);
  const float reach =
      context.agreed("contribution of " + channel.layer + ", channel " + std::to_string(channel.channel),
                     std::max(-low, high));
  return Overlay2D{found.value->values, channel.channel,
                   signed_scale(context, reach, true, found.certainty()),
                   contribution_label(scene,
                                      "What channel " + std::to_string(channel.channel) + " of " +
                                          channel.layer + " contributes to ",
                                      channel.layer),
                   found.certainty()};
}

// What the picked channels contribute together.
std::optional<Overlay2D> picked_overlay(const AppState& state, Context& context, const Scene& scene) {
  const PickedChannels& picked = state.selection.pinned.picked;
  const model::LayerInfo* layer = scene.card->find_layer(picked.layer);
  if (!scene.objective || !layer || picked.channels.back() >= layer->channels) return std::nullopt;
  const attribution::Objective objective = objective_of(*scene.objective);
  const LayerAttribution found = attribution_of(state, context.engine, scene, picked.layer, objective);
  if (!found.value || !found.value->values) return std::nullopt;
  const std::string key = attribution_query(state, scene, picked.layer, objective).key();
  const auto sum = context.engine
                       .ask(session::PositionSum{found.value->values,
                                                 key + (found.provisional ? " so far" : ""), picked.channels})
                       .value;
  if (!sum) return std::nullopt;
  const auto [low, high] = range_of(*sum, 0);
  const std::string count = std::to_string(picked.channels.size());
  const float reach =
      context.agreed("contribution of picked channels of " + picked.layer, std::max(-low, high));
  const bool one = picked.channels.size() == 1;
  return Overlay2D{sum, 0, signed_scale(context, reach, true, found.certainty()),
                   contribution_label(scene,
                                      "What " + count + " picked channel" + (one ? "" : "s") + " of " +
                                          picked.layer + " contribute" + (one ? "s" : "") + " to ",
                                      picked.layer),
                   found.certainty()};
}

std::optional<Overlay2D> group_overlay(const AppState& state, Context& context, const Scene& scene) {
  const auto selected = selected_group(state, context, scene);
  if (!selected) return std::nullopt;
  const int group = selected->ref.group;
  const auto [low, high] = range_of(*selected->groups->maps, group);
  const float reach = context.agreed("strength of a group of " + selected->ref.layer, std::max(-low, high));
  Overlay2D overlay{
      selected->groups->maps,
      group,
      veil_scale(context, reach),
      {"Group " + std::to_string(group + 1) + " of " + selected->ref.layer, {selected->ref.layer}}};
  if (low < 0) overlay.scale = signed_scale(context, reach, true);
  return overlay;
}

// A click pins a cell, a drag a rectangle of them.
void select_positions(const AppState& state, Context& context, const model::LayerInfo& layer,
                      const Rect& where, const Rect& all) {
  const ImGuiIO& io = ImGui::GetIO();
  const bool began_here = where.contains(io.MouseClickedPos[0]);
  const bool dragged = began_here && io.MouseDragMaxDistanceSqr[0] > context.px(6) * context.px(6);
  const auto share = [&](ImVec2 point) {
    return ImVec2{std::clamp((point.x - all.from.x) / all.width(), 0.0f, 1.0f),
                  std::clamp((point.y - all.from.y) / all.height(), 0.0f, 1.0f)};
  };
  const ImVec2 a = share(io.MouseClickedPos[0]), b = share(io.MousePos);
  const Region drawn{std::min(a.y, b.y), std::min(a.x, b.x), std::max(a.y, b.y), std::max(a.x, b.x)};
  const bool dragging = dragged && io.MouseDown[0] && ImGui::IsWindowHovered();
  if (ImGui::IsWindowHovered() && where.contains(io.MousePos) && !dragging) {
    if (const auto cell = cell_at(all, layer.height, layer.width, io.MousePos)) {
      const Place place = place_of(layer.name, *cell, layer.height, layer.width);
      context.hover.place = place;
      if (ImGui::IsMouseReleased(0) && began_here)
        context.emit(dragged ? Action(action::PinRegion{drawn}) : Action(action::PinPlace{place}));
    }
  }
  const auto outline = [&](const Place& place) {
    outline_cell(context,
                 cell_rect(all, layer.height, layer.width, cell_of(place, layer.height, layer.width)));
  };
  const Selection& selection = state.selection;
  if (selection.pinned.place) outline(*selection.pinned.place);
  if (selection.hovered.place) outline(*selection.hovered.place);
  const std::optional<Region> region = dragging ? std::optional(drawn) : selection.pinned.region;
  if (!region) return;
  const auto on_screen = [&](float y, float x) {
    return ImVec2{all.from.x + x * all.width(), all.from.y + y * all.height()};
  };
  outline_cell(context, {on_screen(region->top, region->left), on_screen(region->bottom, region->right)});
}

}  // namespace

void draw_seen(const Scene& scene, Context& context, const Rect& where) {
  ImDrawList& list = *ImGui::GetWindowDrawList();
  if (scene.seen) {
    // The texture store's identity is the picture itself: alias into the answer that owns it.
    const std::shared_ptr<const Image> image(scene.seen, &scene.seen->image);
    // Enlarged to whole multiples and more, pixels are shown as they are.
    const bool exact = where.width() >= 4 * float(image->width);
    const auto sampling = exact ? render::Sampling::nearest : render::Sampling::linear;
    if (const render::TextureId texture = context.textures.picture(image, sampling)) {
      list.AddImage(render::imgui_texture(texture), where.from, where.to);
      return;
    }
  }
  list.AddRectFilled(where.from, where.to, context.theme.hover_wash);
}

void picture(const AppState& state, Context& context, const Scene& scene, const std::string& name,
             const model::LayerInfo* layer, const std::optional<Overlay2D>& overlay, const Rect& where) {
  const Clipped clip(where);
  const Rect all = zoomed(where, state.zoom);
  draw_seen(scene, context, all);
  if (overlay) {
    const bool veil = overlay->scale.map == render::ColorMap::veil;
    if (!veil) step_back(context, all);
    draw_map(context, overlay->cube, overlay->scale, state.sheet.sampling, overlay->channel, all,
             veil ? 1 : 0.9f);
    if (context.draws_provisional(overlay->certainty)) hatch(context, where);
  }
  mark_control(context, name, where);
  zoom_with_mouse(state, context, where);
  if (layer) select_positions(state, context, *layer, where, all);
}

std::optional<Overlay2D> overlay_of_selection(const AppState& state, Context& context, const Scene& scene) {
  const Selection& selection = state.selection;
  // What is hovered goes before what is pinned, of whichever kind.
  if (selection.hovered.group && !selection.hovered.channel) return group_overlay(state, context, scene);
  if (!selection.hovered.channel && !selection.pinned.picked.channels.empty())
    return picked_overlay(state, context, scene);
  const auto& channel = selection.channel();
  if (!channel) return group_overlay(state, context, scene);
  return state.attribution.map == ChannelMap::attribution
             ? attribution_overlay(state, context, scene, *channel)
             : activation_overlay(context, scene, *channel);
}

float overlay_legend(Context& context, const std::optional<Overlay2D>& overlay, ImVec2 at, float width) {
  const float line = render::font_size(context.fonts.small) + context.px(4);
  const float height = context.px(12) + 2 * line;
  if (!overlay) return height;
  draw_color_bar(context, overlay->scale, at, width, overlay->label);
  return height;
}

}  // namespace tessera::ui
