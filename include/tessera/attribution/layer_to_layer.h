#pragma once

#include <optional>
#include <string>

#include "tessera/attribution/atoms.h"
#include "tessera/attribution/control.h"
#include "tessera/attribution/method.h"
#include "tessera/attribution/objective.h"
#include "tessera/attribution/rules.h"
#include "tessera/attribution/sweeps.h"
#include "tessera/image/image.h"
#include "tessera/model/model_card.h"

namespace tessera::attribution {

// How the atoms of two layers act on each other, or those of one on the classes.
struct LayerToLayerRequest {
  std::string layer;
  Atoms atoms = AllPositions{};
  std::string other;                   // earlier or later than `layer`; empty: the class logits
  Atoms other_atoms = AllPositions{};  // not looked at for the logits
  // Nothing: class-free, a position of the later layer measured by its length, a channel by its sum, a group
  // by GroupActivation. Else towards this objective: by its gradient at the later layer.
  std::optional<Objective> towards;
  int steps = 0;  // midpoints of a path at the earlier layer, 1 to 10 000; 0: at the picture (linear)
  Baseline baseline = Baseline::zero;
  GradientRules rules;

  bool operator==(const LayerToLayerRequest&) const = default;
};

struct LayerToLayer {
  bool other_is_earlier = false;
  // One row for each atom of the later layer (or class), one column for each of the earlier.
  Effects effects;
  MethodNote note;
};
std::size_t memory_cost(const LayerToLayer& value);

// Throws Error for a layer with itself and for whatever `sweeps` refuses; and Cancelled.
LayerToLayer layer_to_layer(Sweeps& sweeps, const model::ModelCard& card, const Image& picture,
                            const LayerToLayerRequest& request, const Control& control = {});

}  // namespace tessera::attribution
