#pragma once

#include <span>

#include "model/flat_graph.h"
#include "tessera/base/cube.h"

namespace tessera::model {

// A layer's tensor, batch of one, as a cube: [H,W,C]; tokens without their prefix.
Cube to_cube(const at::Tensor& tensor, const LayerValue& layer);

// [H,W,C] float values on the CPU, contiguous, as a cube.
Cube copied_cube(const at::Tensor& values, const LayerInfo& info);

// Cubes as the layer's tensor, one for each element of the batch. `original`: the layer's tensor for the
// picture, whose prefix tokens are kept; may be undefined where the layer has none. Throws Error for cubes of
// another shape than the layer's.
at::Tensor from_cubes(std::span<const Cube> cubes, const LayerValue& layer, const at::Tensor& original,
                      c10::Device device);

}  // namespace tessera::model
