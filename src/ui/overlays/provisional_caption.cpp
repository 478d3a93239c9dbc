#include "ui/overlays/provisional_caption.h"

#include <cmath>
#include <string>

#include "ui/widgets/provisional.h"
#include "ui/widgets/text.h"

namespace tessera::ui {
namespace {

constexpr float swatch_width = 22;
constexpr float swatch_height = 8;

}  // namespace

void provisional_caption(Context& context, const ProvisionalNote& note, const Rect& stage, float right) {
  if (!note.any()) return;
  ImFont* font = context.fonts.small;
  const float line = render::font_size(font);
  const ImVec2 at{stage.from.x + context.px(Theme::margin), std::round(stage.to.y - context.px(4) - line)};
  const float middle = at.y + line / 2, half = context.px(swatch_height) / 2;
  const Rect swatch{{at.x, middle - half}, {at.x + context.px(swatch_width), middle + half}};
  hatched_bar(context, swatch, context.theme.provisional);
  const float left = swatch.to.x + context.px(8);
  const float room = right - context.px(20) - left;
  if (room > 0) draw_text(context, font, {left, at.y}, context.theme.muted, provisional_text(note), room);
  context.marks.add("provisional", {at, {right, at.y + line}});
}

}  // namespace tessera::ui
