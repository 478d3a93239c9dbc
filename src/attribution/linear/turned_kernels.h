#pragma once

#include <unordered_map>

#include "model/torch.h"

namespace tessera::attribution {

// Convolution kernels turned round, for the way back through a convolution. Turning them costs as much as
// some convolutions do, and they are the same for every picture: a network keeps them.
class TurnedKernels {
 public:
  // `weight`: [O,I,…], a constant of the network. Depthwise ones stay [O,1,…]; others become [I,O,…].
  const at::Tensor& of(const at::Tensor& weight, bool depthwise);

 private:
  struct Turned {
    at::Tensor weight;  // held, so that no other tensor comes to lie at its address
    at::Tensor turned;
  };
  std::unordered_map<const void*, Turned> kept_;
};

}  // namespace tessera::attribution
