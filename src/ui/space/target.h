#pragma once

#include <memory>
#include <optional>
#include <string>

#include "ui/space/panel_scene.h"

namespace tessera::ui {

// The layer that an element contributes to: the one that it names, else that of the pinned atom where it
// comes after something that is shown, else the first that is shown (from the input) or the last. nullptr for
// the output, and where no layer is shown.
const model::LayerInfo* target_layer(const PanelScene& panels, const figure::Element& element);

// What it contributes to: the class in question, or the pinned atom, else the strongest one.
struct KnownTarget {
  std::optional<attribution::Objective> objective;  // nothing: on its way, or there is none
  std::string text;                                 // "group 2 of blocks.5.expand"
  std::shared_ptr<const Error> error;
};
KnownTarget target_of(const PanelScene& panels, const figure::Element& element);

// The channel in question in a layer: the pinned one, else the one that fires most.
int channel_in_question(const Selection& selection, const session::LayerActivations& activations,
                        const std::string& layer);

}  // namespace tessera::ui
