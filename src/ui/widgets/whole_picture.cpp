#include "ui/widgets/whole_picture.h"

#include <algorithm>
#include <string>

#include "ui/widgets/text.h"

namespace tessera::ui {
namespace {

constexpr float most_side = 320;

// The part of the picture outside the crop steps back.
void veil_outside(Context& context, const Rect& whole, const Image& image, const image::Region& region) {
  ImDrawList& list = *ImGui::GetWindowDrawList();
  const float ratio = whole.width() / float(image.width);
  const auto x = [&](int pixel) {
    return std::clamp(whole.from.x + float(pixel) * ratio, whole.from.x, whole.to.x);
  };
  const auto y = [&](int pixel) {
    return std::clamp(whole.from.y + float(pixel) * ratio, whole.from.y, whole.to.y);
  };
  const Rect crop{{x(region.x), y(region.y)}, {x(region.x + region.width), y(region.y + region.height)}};
  const ImU32 veil =
      context.theme.ground == render::Ground::light ? IM_COL32(255, 255, 255, 170) : IM_COL32(0, 0, 0, 160);
  list.AddRectFilled(whole.from, {whole.to.x, crop.from.y}, veil);
  list.AddRectFilled({whole.from.x, crop.to.y}, whole.to, veil);
  list.AddRectFilled({whole.from.x, crop.from.y}, {crop.from.x, crop.to.y}, veil);
  list.AddRectFilled({crop.to.x, crop.from.y}, {whole.to.x, crop.to.y}, veil);
}

}  // namespace

float whole_picture_caption(const AppState& state, Context& context, const Scene& scene, ImVec2 at,
                            float width) {
  const auto image = context.engine.ask(session::OpenImage{*state.image}).value;
  if (!image || !scene.seen) return 0;
  const image::Region& region = scene.seen->region;
  const auto size = [](int w, int h) { return std::to_string(w) + " × " + std::to_string(h); };
  const std::string text = "The network sees " + size(region.width, region.height) + " of " +
                           size(image->width, image->height) + " pixels, as " +
                           size(scene.seen->image.width, scene.seen->image.height);
  const float height = draw_wrapped(context, context.fonts.small, at, context.theme.muted, text, width);
  const Rect line{at, {at.x + width, at.y + height}};
  context.marks.add("whole picture", line);
  if (!ImGui::IsWindowHovered() || !line.contains(ImGui::GetIO().MousePos)) return height;
  const float fit = context.px(most_side) / float(std::max(image->width, image->height));
  ImGui::BeginTooltip();
  const ImVec2 from = ImGui::GetCursorScreenPos();
  const Rect whole{from, {from.x + float(image->width) * fit, from.y + float(image->height) * fit}};
  if (const render::TextureId texture = context.textures.picture(image, render::Sampling::linear))
    ImGui::GetWindowDrawList()->AddImage(render::imgui_texture(texture), whole.from, whole.to);
  veil_outside(context, whole, *image, region);
  ImGui::Dummy({whole.width(), whole.height()});
  ImGui::EndTooltip();
  return height;
}

}  // namespace tessera::ui
