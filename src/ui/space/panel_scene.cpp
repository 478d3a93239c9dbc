#include "ui/space/panel_scene.h"

#include <algorithm>

#include "tessera/figure/spec.h"
#include "ui/space/target.h"

namespace tessera::ui {
std::vector<const model::LayerInfo*> hidden_layers(const Scene& scene) {
  std::vector<const model::LayerInfo*> layers = scene.layers;
  std::erase_if(layers, [](const model::LayerInfo* layer) { return layer->name == "input"; });
  return layers;
}

std::vector<const model::LayerInfo*> layers_of(const PanelScene& panels, const figure::Element& element) {
  const model::ModelCard& card = *panels.scene.card;
  if (element.stratum == figure::Stratum::output) return {};
  std::vector<const model::LayerInfo*> layers;
  if (element.stratum == figure::Stratum::input) {
    if (const model::LayerInfo* input = card.find_layer("input")) layers.push_back(input);
    return layers;
  }
  for (const std::string& name : element.layers)
    if (const model::LayerInfo* named = card.find_layer(name)) layers.push_back(named);
  if (element.layers.empty()) layers = hidden_layers(panels.scene);
  std::ranges::sort(layers);  // they lie in the order of computation
  if (!element.towards) return layers;
  if (const model::LayerInfo* target = target_layer(panels, element))
    std::erase_if(layers, [&](const model::LayerInfo* layer) { return layer >= target; });
  return layers;
}

std::string quantity_of(const PanelScene& panels, std::size_t index, const std::string& kind) {
  const figure::Element& element = panels.element(index);
  figure::Element plain = element;
  plain.operations.clear();
  std::string text = kind + ": " + figure::describe(plain);
  if (element.towards)
    if (const model::LayerInfo* target = target_layer(panels, element)) text += " of " + target->name;
  if (const figure::Filter* filter = figure::find<figure::Filter>(element))
    text += ", filtered by: " + quantity_of(panels, std::size_t(filter->by), kind);
  if (const figure::Project* project = figure::find<figure::Project>(element))
    text += ", on " + project->layer;
  return text;
}

std::vector<const model::LayerInfo*> fitting_layers(const PanelScene& panels, const figure::Element& element,
                                                    float room, float least) {
  std::vector<const model::LayerInfo*> layers = layers_of(panels, element);
  const std::size_t fitting = std::size_t(std::max(1.0f, room / least));
  // Of too many, the later ones: they say more about the classes.
  if (layers.size() > fitting) layers.erase(layers.begin(), layers.end() - std::ptrdiff_t(fitting));
  return layers;
}

}  // namespace tessera::ui
