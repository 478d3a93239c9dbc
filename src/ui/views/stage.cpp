#include "ui/views/stage.h"

#include "tessera/session/queries.h"
#include "ui/views/beside.h"
#include "ui/widgets/answer_status.h"
#include "ui/widgets/text.h"

namespace tessera::ui {
namespace {

void welcome(Context& context, const Rect& where) {
  const ImVec2 center = where.center();
  draw_text(context, context.fonts.title, {center.x, center.y - context.px(24)}, context.theme.ink,
            "Drop an image and a TorchScript model here", 0, Align::center);
  draw_text(context, context.fonts.body, {center.x, center.y + context.px(8)}, context.theme.muted,
            "or open them from the left: Ctrl+O and Ctrl+Shift+O", 0, Align::center);
}

}  // namespace

void stage(const AppState& state, Context& context, const Rect& where) {
  if (!state.model || !state.image) {
    if (!state.pending_model && !state.pending_image)
      welcome(context, where);
    else
      draw_pending(context, where, {}, "Opening");
    return;
  }
  if (!value_or_status(context, context.engine.ask(session::OpenModel{*state.model}), where, "Model")) return;
  const float margin = context.px(Theme::margin);
  const Rect inner{{where.from.x + margin, where.from.y + margin},
                   {where.to.x - margin, where.to.y - margin}};
  if (state.kept)
    views_beside(state, context, inner);
  else
    view_with_card(state, context, inner);
}

}  // namespace tessera::ui
