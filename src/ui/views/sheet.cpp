#include "ui/views/sheet.h"

#include <algorithm>
#include <string>
#include <utility>
#include <vector>

#include "ui/scene.h"
#include "ui/views/contact_sheet.h"
#include "ui/widgets/answer_status.h"
#include "ui/widgets/picture.h"
#include "ui/widgets/text.h"
#include "ui/widgets/view_header.h"

namespace tessera::ui {
namespace {

constexpr float narrow_legend = 300;         // of its width, where the sheet is beneath
constexpr float least_width_for_both = 480;  // picture and sheet side by side

std::string shape_text(const model::LayerInfo& layer) {
  return std::to_string(layer.channels) + " channels · " + std::to_string(layer.height) + " × " +
         std::to_string(layer.width);
}

// How its sheet is drawn. `set`: what a click sets in the options.
template <class Set>
ChoiceGroup sheet_choice(const AppState& state, Context& context, const char* name,
                         std::vector<std::string> words, int chosen, const Set& set) {
  return {name, std::move(words), chosen, [&state, &context, set](int index) {
            SheetOptions options = state.sheet;
            set(options, index);
            context.emit(action::SetSheet{options});
          }};
}

std::vector<ChoiceGroup> choices(const AppState& state, Context& context) {
  const SheetOptions& now = state.sheet;
  return {sheet_choice(state, context, "stage/sort", {"Mean", "Spread", "Index"}, int(now.sort),
                       [](SheetOptions& options, int index) { options.sort = ChannelSort(index); }),
          sheet_choice(state, context, "stage/scale", {"Layer scale", "Own scale"}, int(now.scale),
                       [](SheetOptions& options, int index) { options.scale = ScaleMode(index); }),
          sheet_choice(state, context, "stage/sampling", {"Cells", "Smooth"}, int(now.sampling),
                       [](SheetOptions& options, int index) { options.sampling = MapSampling(index); })};
}

}  // namespace

void sheet_view(const AppState& state, Context& context, const Rect& where) {
  const auto scene = scene_of(state, context.engine);
  if (!scene || !scene->layer) return;
  const model::LayerInfo& layer = *scene->layer;
  ViewHead head{{layer.name, {layer.name}}};
  head.subtitle = {shape_text(layer)};
  head.choices = choices(state, context);
  const Rect body = view_header(context, where, head);
  const bool beside = body.width() >= context.px(least_width_for_both);
  const float most = beside ? std::max(context.px(240), body.width() * 0.42f) : context.px(150);
  const float width = std::min({context.px(560), most, body.height() - context.px(60)});
  const Rect picture_rect{body.from, {body.from.x + width, body.from.y + width * scene->aspect()}};
  const auto overlay = overlay_of_selection(state, context, *scene);
  picture(state, context, *scene, "image", scene->layer, overlay, picture_rect);
  Rect sheet{{picture_rect.to.x + context.px(24), body.from.y - context.px(4)}, body.to};
  const ImVec2 legend{picture_rect.from.x, picture_rect.to.y + context.px(12)};
  const float legend_width = beside ? width : std::min(body.width(), context.px(narrow_legend));
  const float legend_height = overlay_legend(context, overlay, legend, legend_width);
  if (!beside) sheet.from = {body.from.x, legend.y + legend_height + context.px(4)};
  const auto activations = value_or_status(
      context,
      context.engine.ask(session::Activations{*state.model, *state.image, state.selection.layer},
                         engine::Visibility::focused),
      sheet, "Activations");
  if (activations) contact_sheet(state, context, *activations, sheet);
}

}  // namespace tessera::ui
