#pragma once

#include <algorithm>
#include <span>
#include <vector>

#include "attribution/sweeps_impl.h"

namespace tessera::attribution {

// Derivatives that are carried at once; larger batches leave the processor's caches.
constexpr std::size_t most_together = 28;

// Calls take(derivatives, recording) for batches of the points, cubes of `layer` from which the network runs
// on to `targets`. `side`: how many derivatives each point will carry; with few of them several points share
// a batch.
template <class Take>
void along_path(Sweeps::Impl& impl, Recorded& recorded, const model::LayerValue& layer,
                std::span<const Cube> points, std::span<const jit::Value* const> targets, std::size_t side,
                const GradientRules& rules, const Control& control, const Take& take) {
  const std::size_t fill = std::max<std::size_t>(1, most_together / std::max<std::size_t>(1, side));
  const std::size_t step = std::min(fill, impl.network_chunk(recorded, layer.value, true, control));
  for (std::size_t first = 0; first < points.size(); first += step) {
    const std::span<const Cube> some = points.subspan(first, std::min(step, points.size() - first));
    const Recording there(impl.network, *recorded.recording, layer.value,
                          impl.tensor_of(recorded, layer, some), targets, true, control.stop);
    Linearised derivatives(impl.network, there, rules);
    take(derivatives, there);
  }
}

// The same derivatives [B,1,*shape] at each of several points.
inline at::Tensor over_points(const at::Tensor& batch, std::int64_t points) {
  std::vector<std::int64_t> sizes = batch.sizes().vec();
  sizes[1] = points;
  return batch.expand(sizes);
}

}  // namespace tessera::attribution
