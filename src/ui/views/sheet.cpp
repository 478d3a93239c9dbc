#include "ui/views/sheet.h"

#include <algorithm>
#include <string>

#include "ui/scene.h"
#include "ui/views/contact_sheet.h"
#include "ui/widgets/answer_status.h"
#include "ui/widgets/controls.h"
#include "ui/widgets/picture.h"
#include "ui/widgets/text.h"
#include "ui/widgets/view_header.h"

namespace tessera::ui {
namespace {

constexpr float sheet_header_height = 40;

std::string shape_text(const model::LayerInfo& layer) {
  return std::to_string(layer.channels) + " channels · " + std::to_string(layer.height) + " × " +
         std::to_string(layer.width);
}

// How its sheet is drawn, right-aligned.
void choices(const AppState& state, Context& context, ImVec2 right) {
  SheetOptions options = state.sheet;
  const auto sorts = {"Mean", "Spread", "Index"};
  const auto scales = {"Layer scale", "Own scale"};
  const auto samplings = {"Cells", "Smooth"};
  const float between = context.px(30);
  const float width = choice_width(context, sorts) + choice_width(context, scales) +
                      choice_width(context, samplings) + 2 * between;
  ImGui::SetCursorScreenPos({right.x - width, right.y});
  options.sort = ChannelSort(choice(context, "stage/sort", sorts, int(options.sort)));
  ImGui::SameLine(0, between);
  options.scale = ScaleMode(choice(context, "stage/scale", scales, int(options.scale)));
  ImGui::SameLine(0, between);
  options.sampling = MapSampling(choice(context, "stage/sampling", samplings, int(options.sampling)));
  if (options.sort != state.sheet.sort || options.scale != state.sheet.scale ||
      options.sampling != state.sheet.sampling)
    context.emit(action::SetSheet{options});
}

// The layer's name and shape to the left, the choices to the right, in one line where it is long enough.
Rect header(const AppState& state, Context& context, const model::LayerInfo& layer, const Rect& where) {
  if (context.beside) {
    const Rect body = view_header(context, where, layer.name, shape_text(layer), HeaderWith::choices);
    choices(state, context, {where.to.x, view_header_choices(context, where)});
    return body;
  }
  ImDrawList& list = *ImGui::GetWindowDrawList();
  const float name_width = draw_text(context, context.fonts.title, where.from, context.theme.ink, layer.name,
                                     where.width() * 0.5f);
  const float line = view_header_choices(context, where);
  draw_text(context, context.fonts.body, {where.from.x + name_width + context.px(14), line},
            context.theme.muted, shape_text(layer));
  choices(state, context, {where.to.x, line});
  const float rule = where.from.y + context.px(sheet_header_height) - 0.5f;
  list.AddLine({where.from.x, rule}, {where.to.x, rule}, context.theme.hairline);
  return {{where.from.x, where.from.y + context.px(sheet_header_height + 16)}, where.to};
}

}  // namespace

void sheet_view(const AppState& state, Context& context, const Rect& where) {
  const auto scene = scene_of(state, context.engine);
  if (!scene || !scene->layer) return;
  const Rect body = header(state, context, *scene->layer, where);
  const float width = std::min(
      {context.px(560), std::max(context.px(240), body.width() * 0.42f), body.height() - context.px(60)});
  const Rect picture_rect{body.from, {body.from.x + width, body.from.y + width * scene->aspect()}};
  const Rect sheet{{picture_rect.to.x + context.px(24), body.from.y - context.px(4)}, body.to};
  const auto overlay = overlay_of_selection(state, context, *scene);
  picture(state, context, *scene, "image", scene->layer, overlay, picture_rect);
  overlay_legend(context, overlay, {picture_rect.from.x, picture_rect.to.y + context.px(12)}, width);
  const auto activations = value_or_status(
      context,
      context.engine.ask(session::Activations{*state.model, *state.image, state.selection.layer},
                         engine::Visibility::focused),
      sheet, "Activations");
  if (activations) contact_sheet(state, context, *activations, sheet);
}

}  // namespace tessera::ui
