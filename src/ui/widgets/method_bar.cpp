#include "ui/widgets/method_bar.h"

#include <algorithm>

#include "ui/widgets/controls.h"

namespace tessera::ui {

bool has_max_pools(const model::ModelCard& card) {
  return std::any_of(card.layers.begin(), card.layers.end(), [](const model::LayerInfo& layer) {
    return layer.operation.find("max_pool") != std::string::npos;
  });
}

void method_bar(const AppState& state, Context& context, const Scene& scene, ImVec2 right, bool maps) {
  AttributionOptions options = state.attribution;
  const auto methods = {"Path", "Linear"};
  const auto poolings = {"Exact pooling", "Proportional", "Lucid"};
  const auto boards = {"As computed", "Smoothed", "Difference"};
  const auto scales = {"One scale", "Own scales"};
  const bool pools = has_max_pools(*scene.card);
  const float between = context.px(26);
  float width = choice_width(context, methods) + between + choice_width(context, scales);
  if (pools) width += between + choice_width(context, poolings);
  if (maps) width += between + choice_width(context, boards);
  ImGui::SetCursorScreenPos({right.x - width, right.y});
  options.method = AttributionMethod(choice(context, "method", methods, int(options.method)));
  if (pools) {
    ImGui::SameLine(0, between);
    options.rules.pooling =
        attribution::Pooling(choice(context, "pooling", poolings, int(options.rules.pooling)));
  }
  if (maps) {
    ImGui::SameLine(0, between);
    const int now = options.show_difference ? 2 : options.rules.cancel_checkerboard ? 1 : 0;
    const int chosen = choice(context, "checkerboard", boards, now);
    options.show_difference = chosen == 2;
    options.rules.cancel_checkerboard = chosen == 1;
  }
  ImGui::SameLine(0, between);
  options.one_scale = choice(context, "scale", scales, options.one_scale ? 0 : 1) == 0;
  if (options != state.attribution) context.emit(action::SetAttribution{options});
}

}  // namespace tessera::ui
