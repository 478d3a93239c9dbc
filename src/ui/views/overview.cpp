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
            context.theme.ink, layer.name, context.px(130));
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
    context.marks.add("overview/" + layer.name + "/" + std::to_string(channel.channel), tile);
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
  const std::string verdict = scene->verdict && !scene->verdict->classes.empty()
                                  ? scene->verdict->classes.front().label + ", " +
                                        percent(scene->verdict->classes.front().probability)
                                  : "…";
  const Rect body = view_header(
      context, where, verdict,
      "What " + scene->card->name + " takes " + state.image->file.path.filename().string() + " for");
  const float width = std::min(context.px(overview_picture_width), body.width() * 0.4f);
  const float height = std::min(width * scene->aspect(), body.height() * 0.5f);
  const Rect seen{body.from, {body.from.x + height / scene->aspect(), body.from.y + height}};
  picture(state, context, *scene, "image", scene->layer, overlay_of_selection(state, context, *scene), seen);
  classes(state, context, *scene, {{seen.to.x + context.px(36), body.from.y}, {body.to.x, seen.to.y}});
  whole_picture_caption(state, context, *scene, {seen.from.x, seen.to.y + context.px(8)}, body.width());

  const Rect below{{body.from.x, seen.to.y + context.px(48)}, body.to};
  if (scene->layers.empty()) return;
  ImDrawList& list = *ImGui::GetWindowDrawList();
  draw_text(context, context.fonts.strong, below.from, context.theme.ink, "The channels that fire most");
  const float rule = std::round(below.from.y + context.px(23)) + 0.5f;
  list.AddLine({below.from.x, rule}, {below.to.x, rule}, context.theme.hairline);
  const float top = below.from.y + context.px(36);
  const float gap = context.px(strip_gap);
  const float rows = float(scene->layers.size());
  const float side = std::floor(std::min(context.px(84), (below.to.y - top - gap * (rows - 1)) / rows));
  if (side < context.px(16)) return;
  const int tiles = std::max(1, int((below.width() - context.px(140) + gap) / (side + gap)));
  for (std::size_t i = 0; i < scene->layers.size(); ++i) {
    const float y = std::round(top + float(i) * (side + gap));
    strip(state, context, *scene, *scene->layers[i], {{below.from.x, y}, {below.to.x, y + side}}, tiles);
  }
}

}  // namespace tessera::ui
