#pragma once

#include <cstddef>
#include <optional>
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

// Every class's logit, or those of some classes, attributed to a layer's atoms in one sweep. Few classes cost
// less than all of them where a layer has more atoms than there are classes: the sweep then goes back, with a
// gradient for each class.
struct AllClassesRequest {
  std::string layer;
  Atoms atoms = AllPositions{};
  int steps = 0;  // midpoints of a path, 1 to 10 000; 0: at the picture (linear)
  Baseline baseline = Baseline::zero;
  GradientRules rules;
  std::vector<int> classes = {};  // in the order of the answer's effects; empty: all

  bool operator==(const AllClassesRequest&) const = default;
};

struct AllClasses {
  Effects effects;                     // classes x atoms
  std::vector<int> classes = {};       // that the effects' rows are for; empty: all
  std::vector<float> logits;           // of the picture, of all classes
  std::vector<float> baseline_logits;  // with the baseline in the layer's place: the bias atoms
  MethodNote note;

  // The effects' row that is for a class; nothing where it was not asked for.
  std::optional<std::size_t> row_of(int class_index) const;
};
std::size_t memory_cost(const AllClasses& value);

// `model` is the one that `sweeps` runs. Throws Error and Cancelled as `sweeps`.
AllClasses all_classes(Sweeps& sweeps, model::Model& model, const Image& picture,
                       const AllClassesRequest& request, const Control& control = {});

}  // namespace tessera::attribution
