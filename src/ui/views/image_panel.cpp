#include "ui/views/image_panel.h"

#include <string>

#include "ui/widgets/heat_map.h"
#include "ui/widgets/text.h"

namespace tessera::ui {
namespace {

// The picture steps back under a heat map, so that the map's colours can be read.
void veil(Context& context, const Rect& where) {
  const ImU32 color =
      context.theme.ground == render::Ground::light ? IM_COL32(255, 255, 255, 120) : IM_COL32(0, 0, 0, 150);
  ImGui::GetWindowDrawList()->AddRectFilled(where.from, where.to, color);
}

void positions(const AppState& state, Context& context, const Cube& cube, const Rect& where) {
  if (ImGui::IsWindowHovered()) {
    if (const auto cell = cell_at(where, cube.height, cube.width, ImGui::GetIO().MousePos)) {
      context.hover.position = cell;
      if (ImGui::IsMouseClicked(0)) context.emit(action::PinPosition{*cell});
    }
  }
  if (const auto position = state.selection.position())
    outline_cell(context, cell_rect(where, cube.height, cube.width, *position));
}

}  // namespace

float image_panel(const AppState& state, Context& context, const std::shared_ptr<const image::Fitted>& seen,
                  const session::LayerActivations* activations, ImVec2 at, float width) {
  const float height = width * float(seen->image.height) / float(seen->image.width);
  const Rect where{at, {at.x + width, at.y + height}};
  ImDrawList& list = *ImGui::GetWindowDrawList();
  // The texture store's identity is the picture itself: alias into the answer that owns it.
  const std::shared_ptr<const Image> picture(seen, &seen->image);
  if (const render::TextureId texture = context.textures.picture(picture, render::Sampling::linear))
    list.AddImageRounded(render::imgui_texture(texture), where.from, where.to, {0, 0}, {1, 1}, IM_COL32_WHITE,
                         context.px(3));
  context.marks.add("image", where);
  float below = where.to.y + context.px(12);

  const auto channel = state.selection.channel();
  if (activations && channel) {
    veil(context, where);
    draw_channel(context, *activations, state.sheet, *channel, where, true);
    render::ColorScale scale = activation_scale(*activations, state.sheet, context.theme.ground, channel);
    scale.per_channel = false;  // the bar shows the limits themselves
    const std::string label =
        "Activation of channel " + std::to_string(*channel) +
        (state.sheet.scale == ScaleMode::shared ? ", on the layer’s scale" : ", on its own scale");
    below += draw_color_bar(context, scale, {at.x, below}, width, label);
  }
  if (activations) positions(state, context, *activations->cube, where);
  return below - at.y;
}

}  // namespace tessera::ui
