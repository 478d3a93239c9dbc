#include "ui/panels/image_section.h"

#include <algorithm>
#include <string>

#include "ui/scene.h"
#include "ui/widgets/controls.h"
#include "ui/widgets/picture.h"
#include "ui/widgets/text.h"

namespace tessera::ui {
namespace {

constexpr float most_height = 260;

void seen_picture(const AppState& state, Context& context, const Scene& scene) {
  const float width = ImGui::GetContentRegionAvail().x;
  const ImVec2 at = ImGui::GetCursorScreenPos();
  const float height = std::min(width * scene.aspect(), context.px(most_height));
  const Rect where{at, {at.x + height / scene.aspect(), at.y + height}};
  picture(state, context, scene, "rail/picture", scene.layer, overlay_of_selection(state, context, scene),
          where);
  ImGui::Dummy({width, height});
}

// "chelsea.png", "451 × 300, cropped".
void caption(const AppState& state, Context& context) {
  const float width = ImGui::GetContentRegionAvail().x;
  const ImVec2 line = ImGui::GetCursorScreenPos();
  float size_width = 0;
  if (const auto image = context.engine.ask(session::OpenImage{*state.image}).value) {
    const std::string size = std::to_string(image->width) + " × " + std::to_string(image->height);
    size_width = draw_text(context, context.fonts.small, {line.x + width, line.y}, context.theme.muted, size,
                           0, Align::right);
  }
  draw_text(context, context.fonts.small, line, context.theme.ink, state.image->file.path.filename().string(),
            width - size_width - context.px(10));
  ImGui::Dummy({width, render::font_size(context.fonts.small)});
}

}  // namespace

void image_section(const AppState& state, Context& context) {
  section_title(context, "Image");
  if (const auto scene = scene_of(state, context.engine))
    seen_picture(state, context, *scene);
  else
    ImGui::Dummy({1, context.px(most_height)});
  if (state.image) caption(state, context);
  if (text_button(context, "rail/open image", "Open image", context.fonts.small))
    context.emit(action::ShowOverlay{Overlay::open_image});
  ImGui::SameLine(0, context.px(16));
  if (text_button(context, "rail/open model", "Open model", context.fonts.small))
    context.emit(action::ShowOverlay{Overlay::open_model});
  if (!state.recent_images.empty() || !state.recent_models.empty()) {
    ImGui::SameLine(0, context.px(16));
    if (text_button(context, "rail/recent files", "Recent", context.fonts.small))
      context.emit(action::ShowOverlay{Overlay::recent_files});
  }
  if (!state.image || !state.model) return;
  ImGui::SameLine(0, context.px(16));
  if (text_button(context, "rail/export", "Export", context.fonts.small))
    context.emit(action::ShowOverlay{Overlay::export_figure});
}

}  // namespace tessera::ui
