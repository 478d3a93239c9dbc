#include "ui/views/stage.h"

#include <algorithm>
#include <string>

#include "ui/views/contact_sheet.h"
#include "ui/views/image_panel.h"
#include "ui/widgets/answer_status.h"
#include "ui/widgets/controls.h"
#include "ui/widgets/text.h"

namespace tessera::ui {
namespace {

std::string shape_text(const model::LayerInfo& layer) {
  return std::to_string(layer.channels) + " channels · " + std::to_string(layer.height) + " × " +
         std::to_string(layer.width);
}

// The layer's name and shape to the left, how its sheet is drawn to the right.
void header(const AppState& state, Context& context, const model::LayerInfo& layer, const Rect& where) {
  ImDrawList& list = *ImGui::GetWindowDrawList();
  const float name_width =
      draw_text(list, context.fonts.title, where.from, context.theme.ink, layer.name, where.width() * 0.5f);
  const float baseline = render::font_size(context.fonts.title) - render::font_size(context.fonts.body);
  draw_text(list, context.fonts.body, {where.from.x + name_width + context.px(14), where.from.y + baseline},
            context.theme.muted, shape_text(layer));

  SheetOptions options = state.sheet;
  const auto sorts = {"Mean", "Spread", "Index"};
  const auto scales = {"Layer scale", "Own scale"};
  const auto samplings = {"Cells", "Smooth"};
  const float between = context.px(30);
  const float width = choice_width(context, sorts) + choice_width(context, scales) +
                      choice_width(context, samplings) + 2 * between;
  ImGui::SetCursorScreenPos({where.to.x - width, where.from.y + baseline});
  options.sort = ChannelSort(choice(context, "stage/sort", sorts, int(options.sort)));
  ImGui::SameLine(0, between);
  options.scale = ScaleMode(choice(context, "stage/scale", scales, int(options.scale)));
  ImGui::SameLine(0, between);
  options.sampling = MapSampling(choice(context, "stage/sampling", samplings, int(options.sampling)));
  if (options.sort != state.sheet.sort || options.scale != state.sheet.scale ||
      options.sampling != state.sheet.sampling)
    context.emit(action::SetSheet{options});

  const float rule = where.to.y - 0.5f;
  list.AddLine({where.from.x, rule}, {where.to.x, rule}, context.theme.hairline);
}

void welcome(Context& context, const Rect& where) {
  ImDrawList& list = *ImGui::GetWindowDrawList();
  const ImVec2 center = where.center();
  draw_text(list, context.fonts.title, {center.x, center.y - context.px(24)}, context.theme.ink,
            "Drop an image and a TorchScript model here", 0, Align::center);
  draw_text(list, context.fonts.body, {center.x, center.y + context.px(8)}, context.theme.muted,
            "or open them from the left: Ctrl+O and Ctrl+Shift+O", 0, Align::center);
}

}  // namespace

void stage(const AppState& state, Context& context, const Rect& where) {
  const float margin = context.px(Theme::margin);
  const Rect inner{{where.from.x + margin, where.from.y + margin}, {where.to.x - margin, where.to.y}};
  if (!state.model || !state.image) {
    if (!state.pending_model && !state.pending_image)
      welcome(context, where);
    else
      draw_pending(context, where, {}, "Opening");
    return;
  }
  const auto card =
      value_or_status(context, context.engine.ask(session::OpenModel{*state.model}), where, "Model");
  if (!card) return;
  const model::LayerInfo* layer = card->find_layer(state.selection.layer);
  if (!layer) return;
  const float header_height = context.px(40);
  header(state, context, *layer, {inner.from, {inner.to.x, inner.from.y + header_height}});

  const Rect body{{inner.from.x, inner.from.y + header_height + context.px(16)},
                  {inner.to.x, inner.to.y - margin / 2}};
  const float image_width = std::min(
      {context.px(560), std::max(context.px(240), body.width() * 0.42f), body.height() - context.px(60)});
  const auto seen = value_or_status(
      context, context.engine.ask(session::NetworkView{*state.image, card->preprocessing.fit}),
      {body.from, {body.from.x + image_width, body.from.y + image_width}}, "Image");
  const Rect sheet{{body.from.x + image_width + context.px(24), body.from.y - context.px(4)}, body.to};
  const auto activations = value_or_status(
      context,
      context.engine.ask(session::Activations{*state.model, *state.image, state.selection.layer},
                         engine::Visibility::focused),
      sheet, "Activations");
  if (seen) image_panel(state, context, seen, activations.get(), body.from, image_width);
  if (activations) contact_sheet(state, context, *activations, sheet);
}

}  // namespace tessera::ui
