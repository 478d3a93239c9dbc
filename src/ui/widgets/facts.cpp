#include "ui/widgets/facts.h"

#include "ui/widgets/provisional.h"
#include "ui/widgets/text.h"

namespace tessera::ui {

void fact(Context& context, const std::string& name, const std::string& value, const Certainty& certainty) {
  const float width = ImGui::GetContentRegionAvail().x;
  const ImVec2 at = ImGui::GetCursorScreenPos();
  const float taken =
      draw_text(context, context.fonts.body, {at.x + width, at.y},
                number_ink(context, context.theme.ink, certainty), value, width * 0.6f, Align::right);
  draw_text(context, context.fonts.body, at, context.theme.muted, name, width - taken - context.px(8));
  ImGui::Dummy({width, render::font_size(context.fonts.body) + context.px(1)});
}

}  // namespace tessera::ui
