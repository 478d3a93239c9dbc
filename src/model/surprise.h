#pragma once

#include "model/flat_graph.h"
#include "tessera/model/model.h"

namespace tessera::model {

// What the network's first batch norm finds in a picture, compared with what it saw in training.
Surprise measure_surprise(const at::Tensor& values, const FirstNorm& norm);

}  // namespace tessera::model
