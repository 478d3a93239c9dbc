#pragma once

#include "model/flat_graph.h"

// Between a layer's tensor, however the network arranges and turns it, and grids as the picture lies.
namespace tessera::model {

// A layer's values [lead…,*shape] as [lead…,H,W,C]: the picture's rows and columns, without class and
// register tokens. `lead`: how many axes come before the layer's own (which has no batch axis then). A view
// where that is possible.
at::Tensor to_grid(const at::Tensor& values, const LayerValue& layer, std::int64_t lead);

// And back. `others`: [*shape] or [1,*shape] of the layer, from which class and register tokens are taken;
// undefined: they are zero.
at::Tensor from_grid(const at::Tensor& grids, const LayerValue& layer, std::int64_t lead,
                     const at::Tensor& others = {});

}  // namespace tessera::model
