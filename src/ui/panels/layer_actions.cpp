#include "ui/panels/layer_actions.h"

#include "ui/keys.h"

namespace tessera::ui {

std::string shape_text(const model::LayerInfo& layer) {
  return std::to_string(layer.height) + "×" + std::to_string(layer.width) + "×" +
         std::to_string(layer.channels);
}

void click_layer(Context& context, const std::string& layer, const std::vector<std::string>& shown) {
  if (control_held())
    context.emit(action::ToggleShownLayer{layer, shown});
  else
    context.emit(action::SelectLayer{layer});
}

void layer_tooltip(const model::LayerInfo& layer, bool is_shown) {
  std::string tip = layer.name + "\n" + shape_text(layer) + " · " + layer.operation;
  for (const std::string& alias : layer.aliases) tip += "\nalso " + alias;
  if (layer.suggested) tip += "\nsuggested by the model";
  tip += is_shown ? "\nCtrl + click: leave it out of what is shown side by side"
                  : "\nCtrl + click: show it side by side";
  ImGui::SetTooltip("%s", tip.c_str());
}

}  // namespace tessera::ui
