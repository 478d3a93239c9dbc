#include "ui/panels/image_section.h"

#include <algorithm>
#include <string>

#include "tessera/session/queries.h"
#include "ui/widgets/answer_status.h"
#include "ui/widgets/controls.h"
#include "ui/widgets/text.h"

namespace tessera::ui {
namespace {

constexpr float most_height = 168;

// The part of the picture outside the crop, dimmed, and a line around what the network sees.
void outline_crop(Context& context, const Rect& thumbnail, const Image& image, const image::Region& region) {
  ImDrawList& list = *ImGui::GetWindowDrawList();
  const float ratio = thumbnail.width() / float(image.width);
  const auto clamped = [](float value, float low, float high) { return std::clamp(value, low, high); };
  const Rect crop{
      {clamped(thumbnail.from.x + float(region.x) * ratio, thumbnail.from.x, thumbnail.to.x),
       clamped(thumbnail.from.y + float(region.y) * ratio, thumbnail.from.y, thumbnail.to.y)},
      {clamped(thumbnail.from.x + float(region.x + region.width) * ratio, thumbnail.from.x, thumbnail.to.x),
       clamped(thumbnail.from.y + float(region.y + region.height) * ratio, thumbnail.from.y,
               thumbnail.to.y)}};
  const ImU32 veil =
      context.theme.ground == render::Ground::light ? IM_COL32(255, 255, 255, 150) : IM_COL32(0, 0, 0, 140);
  list.AddRectFilled(thumbnail.from, {thumbnail.to.x, crop.from.y}, veil);
  list.AddRectFilled({thumbnail.from.x, crop.to.y}, thumbnail.to, veil);
  list.AddRectFilled({thumbnail.from.x, crop.from.y}, {crop.from.x, crop.to.y}, veil);
  list.AddRectFilled({crop.to.x, crop.from.y}, {thumbnail.to.x, crop.to.y}, veil);
}

void thumbnail(const AppState& state, Context& context) {
  const float width = ImGui::GetContentRegionAvail().x;
  const ImVec2 at = ImGui::GetCursorScreenPos();
  const auto image = value_or_status(context, context.engine.ask(session::OpenImage{*state.image}),
                                     {at, {at.x + width, at.y + context.px(most_height)}}, "Image");
  if (!image) {
    ImGui::Dummy({width, context.px(most_height)});
    return;
  }
  const float fit = std::min(width / float(image->width), context.px(most_height) / float(image->height));
  const Rect where{at, {at.x + float(image->width) * fit, at.y + float(image->height) * fit}};
  if (const render::TextureId texture = context.textures.picture(image, render::Sampling::linear))
    ImGui::GetWindowDrawList()->AddImage(render::imgui_texture(texture), where.from, where.to);
  context.marks.add("rail/thumbnail", where);
  if (state.model) {
    const auto card = context.engine.ask(session::OpenModel{*state.model}).value;
    if (card) {
      const auto seen = context.engine.ask(session::NetworkView{*state.image, card->preprocessing.fit}).value;
      if (seen) outline_crop(context, where, *image, seen->region);
    }
  }
  ImGui::Dummy({width, where.height()});
  const std::string name = state.image->file.path.filename().string();
  const std::string size = std::to_string(image->width) + " × " + std::to_string(image->height);
  const ImVec2 line = ImGui::GetCursorScreenPos();
  ImDrawList& list = *ImGui::GetWindowDrawList();
  const float size_width = text_size(context.fonts.small, size).x;
  draw_text(list, context.fonts.small, {line.x + width, line.y}, context.theme.muted, size, 0, Align::right);
  draw_text(list, context.fonts.small, line, context.theme.ink, name, width - size_width - context.px(10));
  ImGui::Dummy({width, render::font_size(context.fonts.small)});
}

}  // namespace

void image_section(const AppState& state, Context& context) {
  section_title(context, "Image");
  if (state.image) thumbnail(state, context);
  if (text_button(context, "rail/open image", "Open image", context.fonts.small))
    context.emit(action::ShowOverlay{Overlay::open_image});
  ImGui::SameLine(0, context.px(16));
  if (text_button(context, "rail/open model", "Open model", context.fonts.small))
    context.emit(action::ShowOverlay{Overlay::open_model});
  if (state.recent_images.empty() && state.recent_models.empty()) return;
  ImGui::SameLine(0, context.px(16));
  if (text_button(context, "rail/recent files", "Recent", context.fonts.small))
    context.emit(action::ShowOverlay{Overlay::recent_files});
}

}  // namespace tessera::ui
