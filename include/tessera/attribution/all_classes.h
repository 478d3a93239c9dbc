#pragma once

#include <string>
#include <vector>

#include "tessera/attribution/atoms.h"
#include "tessera/attribution/control.h"
#include "tessera/attribution/method.h"
#include "tessera/attribution/rules.h"
#include "tessera/attribution/sweeps.h"
#include "tessera/image/image.h"
#include "tessera/model/model.h"

namespace tessera::attribution {

// Every class's logit, attributed to a layer's atoms in one sweep.
struct AllClassesRequest {
  std::string layer;
  Atoms atoms = AllPositions{};
  int steps = 0;  // midpoints of a path, 1 to 10 000; 0: at the picture (linear)
  Baseline baseline = Baseline::zero;
  GradientRules rules;

  bool operator==(const AllClassesRequest&) const = default;
};

struct AllClasses {
  Effects effects;                     // classes x atoms
  std::vector<float> logits;           // of the picture
  std::vector<float> baseline_logits;  // with the baseline in the layer's place: the bias atoms
  MethodNote note;
};
std::size_t memory_cost(const AllClasses& value);

// `model` is the one that `sweeps` runs. Throws Error and Cancelled as `sweeps`.
AllClasses all_classes(Sweeps& sweeps, model::Model& model, const Image& picture,
                       const AllClassesRequest& request, const Control& control = {});

}  // namespace tessera::attribution
