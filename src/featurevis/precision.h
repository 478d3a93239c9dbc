#pragma once

#include "model/model_impl.h"

namespace tessera::featurevis {

// Whether the processor multiplies bfloat16 numbers in hardware. Without that they are slower than float32.
bool has_bfloat16_instructions();

// Whether the network's values and gradients in bfloat16 are near enough to float32's to lead an optimisation
// the same way. False also where it does not run in bfloat16 at all.
bool bfloat16_agrees(model::Model::Impl& model);

}  // namespace tessera::featurevis
