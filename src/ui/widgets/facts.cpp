#include "ui/widgets/facts.h"

#include "ui/widgets/provisional.h"
#include "ui/widgets/text.h"

namespace tessera::ui {
namespace {

constexpr float between_name_and_value = 8;
constexpr float value_inset = 12;  // of a value beneath its name

}  // namespace

void fact(Context& context, const std::string& name, const std::string& value, const Certainty& certainty) {
  ImFont* font = context.fonts.body;
  const ImU32 ink = number_ink(context, context.theme.ink, certainty);
  const float width = ImGui::GetContentRegionAvail().x;
  const ImVec2 at = ImGui::GetCursorScreenPos();
  const float line = render::font_size(font);
  const float taken = text_size(font, value).x;
  const float room = width - taken - context.px(between_name_and_value);
  // A value is never cut: where both have no room side by side it goes beneath.
  if (text_size(font, name).x <= room) {
    draw_text(context, font, at, context.theme.muted, name, room);
    draw_text(context, font, {at.x + width, at.y}, ink, value, 0, Align::right);
    ImGui::Dummy({width, line + context.px(1)});
    return;
  }
  const float inset = context.px(value_inset);
  draw_text(context, font, at, context.theme.muted, name, width);
  const float height =
      draw_wrapped(context, font, {at.x + inset, at.y + line + context.px(1)}, ink, value, width - inset);
  ImGui::Dummy({width, line + height + context.px(2)});
}

}  // namespace tessera::ui
