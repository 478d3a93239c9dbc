#include "ui/views/overview.h"

#include <algorithm>
#include <cmath>
#include <string>

#include "ui/scene.h"
#include "ui/widgets/class_list.h"
#include "ui/widgets/icon.h"
#include "ui/widgets/picture.h"
#include "ui/widgets/text.h"
#include "ui/widgets/view_header.h"
#include "ui/widgets/whole_picture.h"

namespace tessera::ui {
namespace {

constexpr float overview_picture_width = 320;
constexpr float strip_gap = 10;
constexpr float least_width_beside_picture = 480;  // of the view, for classes beside it
constexpr float least_strip = 36;                  // two lines of text
constexpr float most_strip = 84;
constexpr float strip_names = 130;

void classes(const AppState& state, Context& context, const Scene& scene, const Rect& where) {
  ImGui::SetCursorScreenPos(where.from);
  ImGui::BeginChild("overview classes", {where.width(), where.height()}, false,
                    ImGuiWindowFlags_NoScrollbar | ImGuiWindowFlags_NoScrollWithMouse);
  section_title(context, "Output classes", "probability");
  const int rows = std::max(1, int((where.height() - context.px(28)) / context.px(class_row_height)));
  class_list(state, context, scene, "overview/class", rows, where.width() / context.scale * 0.34f);
  ImGui::EndChild();
}

// A layer's strongest channels, by their mean over the picture.
void strip(const AppState& state, Context& context, const Scene& scene, const model::LayerInfo& layer,
           const Rect& where, int tiles) {
  ImDrawList& list = *ImGui::GetWindowDrawList();
  draw_text(context, context.fonts.strong, {where.from.x, where.center().y - context.px(16)},
            context.theme.ink, layer.name, context.px(strip_names));
  draw_text(context, context.fonts.small, {where.from.x, where.center().y + context.px(4)},
            context.theme.muted,
            std::to_string(layer.height) + " × " + std::to_string(layer.width) + " × " +
                std::to_string(layer.channels));
  const auto activations = activations_of(scene, context.engine, layer.name);
  const float side = where.height();
  const float left = where.from.x + context.px(140);
  const float step = (where.to.x - left - side) / float(std::max(1, tiles - 1));
  for (int i = 0; i < tiles && i < layer.channels; ++i) {
    const float x = std::round(left + float(i) * step);
    const Rect tile{{x, where.from.y}, {x + side, where.to.y}};
    if (!activations) {
      list.AddRectFilled(tile.from, tile.to, context.theme.hover_wash, context.px(3));
      continue;
    }
    const ChannelRef channel{layer.name, activations->by_mean[std::size_t(i)]};
    draw_icon(scene, context, channel, tile);
    mark_channel(state.selection, context, channel, tile);
    mark_control(context, "overview/" + layer.name + "/" + std::to_string(channel.channel), tile);
    if (!ImGui::IsWindowHovered() || !tile.contains(ImGui::GetIO().MousePos)) continue;
    context.hover.channel = channel;
    context.hovered_at = tile;
    if (ImGui::IsMouseClicked(0)) click_channel(context, channel);
  }
}

}  // namespace

void overview_view(const AppState& state, Context& context, const Rect& where) {
  const auto scene = scene_of(state, context.engine);
  if (!scene) return;
  ViewHead head{{"…"}};
  if (scene->verdict && !scene->verdict->classes.empty()) {
    const model::ClassScore& likeliest = scene->verdict->classes.front();
    head.title = {likeliest.label + ", " + percent(likeliest.probability), {likeliest.label}};
  }
  const std::string file = state.image->file.path.filename().string();
  head.subtitle = {"What " + scene->card->name + " takes " + file + " for", {scene->card->name, file}};
  const Rect body = view_header(context, where, head);
  const bool beside = body.width() >= context.px(least_width_beside_picture);
  const float width = std::min(context.px(overview_picture_width), body.width() * 0.4f);
  const float height = std::min(width * scene->aspect(), body.height() * (beside ? 0.5f : 0.25f));
  const Rect seen{body.from, {body.from.x + height / scene->aspect(), body.from.y + height}};
  picture(state, context, *scene, "image", scene->layer, overlay_of_selection(state, context, *scene), seen);
  float y = seen.to.y + context.px(8);
  y += whole_picture_caption(state, context, *scene, {seen.from.x, y}, body.width());
  if (beside) {
    classes(state, context, *scene, {{seen.to.x + context.px(36), body.from.y}, {body.to.x, seen.to.y}});
    y = std::max(y, seen.to.y + context.px(22)) + context.px(26);
  } else {
    y += context.px(14);
    const float bottom = y + context.px(28 + class_row_height * 5) + context.px(4);
    classes(state, context, *scene, {{body.from.x, y}, {body.to.x, bottom}});
    y = bottom + context.px(12);
  }

  const Rect below{{body.from.x, y}, body.to};
  if (scene->layers.empty()) return;
  const float top = below.from.y + context.px(36);
  const float gap = context.px(strip_gap);
  // The last layers where there is no room for all.
  const float room = below.to.y - top + gap;
  const auto fitting = std::size_t(std::max(0.0f, room) / (context.px(least_strip) + gap));
  const std::size_t shown = std::min(fitting, scene->layers.size());
  if (shown == 0) return;
  ImDrawList& list = *ImGui::GetWindowDrawList();
  draw_text(context, context.fonts.strong, below.from, context.theme.ink, "The channels that fire most",
            below.width());
  const float rule = std::round(below.from.y + context.px(23)) + 0.5f;
  list.AddLine({below.from.x, rule}, {below.to.x, rule}, context.theme.hairline);
  const float side = std::floor(std::min(context.px(most_strip), room / float(shown) - gap));
  const int tiles = std::max(1, int((below.width() - context.px(140) + gap) / (side + gap)));
  for (std::size_t i = 0; i < shown; ++i) {
    const float at = std::round(top + float(i) * (side + gap));
    const model::LayerInfo& layer = *scene->layers[scene->layers.size() - shown + i];
    strip(state, context, *scene, layer, {{below.from.x, at}, {below.to.x, at + side}}, tiles);
  }
}

}  // namespace tessera::ui
