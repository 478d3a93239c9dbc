#pragma once

#include <unordered_map>

#include "model/packed_kernels.h"

namespace tessera::attribution {

// [O,I,…] turned round: [O,1,…] for depthwise convolutions, [I,O,…] for others.
at::Tensor turned_kernel(const at::Tensor& weight, bool depthwise);

// Convolution kernels turned round, for the way back through a convolution. Turning them costs as much as
// some convolutions do, and they are the same for every picture: a network keeps them.
class TurnedKernels {
 public:
  explicit TurnedKernels(model::PackedKernels& packed) : packed_(packed) {}

  // `weight`: a constant of the network.
  const at::Tensor& of(const at::Tensor& weight, bool depthwise);

  // The convolution of whole maps with `convolution`, whose weight is one of these or a constant of the
  // network.
  at::Tensor convolve(const at::Tensor& maps, const model::Convolution& convolution) const;

 private:
  model::PackedKernels& packed_;
  struct Turned {
    at::Tensor weight;  // held, so that no other tensor comes to lie at its address
    at::Tensor turned;
  };
  std::unordered_map<const void*, Turned> kept_;
};

}  // namespace tessera::attribution
