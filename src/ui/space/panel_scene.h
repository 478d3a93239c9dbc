#pragma once

#include <cstddef>
#include <string>
#include <vector>

#include "tessera/figure/plan.h"
#include "ui/scene.h"

namespace tessera::ui {

// What the panels of a figure are drawn with.
struct PanelScene {
  const AppState& state;
  Context& context;
  const Scene& scene;
  const figure::FigureSpec& spec;

  const figure::Element& element(std::size_t index) const { return spec.elements[index]; }
};

// Hidden layers that are shown, in the model's order.
std::vector<const model::LayerInfo*> hidden_layers(const Scene& scene);

// Of which layers an element shows something: those that it names, else those that are shown; of an
// attribution to a hidden layer only those before it. None for the output.
std::vector<const model::LayerInfo*> layers_of(const PanelScene& panels, const figure::Element& element);

// What an element's values are of, whatever the picture and the network: equal in figures that stand beside
// each other where their values compare. `kind`: of the panel.
std::string quantity_of(const PanelScene& panels, std::size_t element, const std::string& kind);

// As many of them as have room.
std::vector<const model::LayerInfo*> fitting_layers(const PanelScene& panels, const figure::Element& element,
                                                    float room, float least);

}  // namespace tessera::ui
