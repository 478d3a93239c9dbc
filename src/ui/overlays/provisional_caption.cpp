#include "ui/overlays/provisional_caption.h"

#include <algorithm>
#include <cmath>
#include <string>

#include "ui/widgets/provisional.h"
#include "ui/widgets/text.h"

namespace tessera::ui {
namespace {

constexpr float swatch_width = 22;
constexpr float swatch_height = 8;
constexpr float beside_it = 80;  // for the button that stops the work

}  // namespace

float provisional_caption(Context& context, const ProvisionalNote& note, const Rect& stage) {
  if (!note.any()) return stage.from.x;
  ImFont* font = context.fonts.small;
  const float line = render::font_size(font);
  const ImVec2 at{stage.from.x + context.px(Theme::margin), std::round(stage.to.y - context.px(4) - line)};
  const float middle = at.y + line / 2, half = context.px(swatch_height) / 2;
  const Rect swatch{{at.x, middle - half}, {at.x + context.px(swatch_width), middle + half}};
  hatched_bar(context, swatch, context.theme.provisional);
  const float left = swatch.to.x + context.px(8);
  const float room = stage.to.x - context.px(Theme::margin + beside_it) - left;
  const float taken = draw_text(context, font, {left, at.y}, context.theme.muted, provisional_text(note),
                                std::max(1.0f, room));
  const float right = left + taken;
  context.marks.add("provisional", {at, {right, at.y + line}});
  return right;
}

}  // namespace tessera::ui
