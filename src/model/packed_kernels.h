#pragma once

#include <unordered_map>
#include <vector>

#include "model/convolution.h"

namespace tessera::model {

// Convolution kernels in the order in which oneDNN reads them. Without it every convolution begins with
// putting its kernel into that order, which for small maps takes as long as the convolution itself.
class PackedKernels {
 public:
  // Whether this LibTorch has what it takes: oneDNN, and its convolutions with something appended.
  static bool available();

  // The kernel of a convolution (float, on the CPU) for inputs of about this size, [N,C,H,W]. An opaque
  // tensor: only oneDNN's own operations take it. It gives the right results for inputs of any size.
  const at::Tensor& of(const Convolution& convolution, const std::vector<std::int64_t>& input);

  // Whether there is such a kernel for a convolution: it is two-dimensional, of floats on the CPU.
  static bool has(const Convolution& convolution);

  // The convolution of `input` [N,C,H,W] with its packed kernel. Has no derivative.
  at::Tensor convolve(const at::Tensor& input, const Convolution& convolution);

 private:
  struct Packed {
    Convolution convolution;  // its weight is held, so that no other tensor comes to lie at its address
    std::vector<std::int64_t> input;
    at::Tensor kernel;
  };
  std::unordered_multimap<const void*, Packed> kept_;
};

}  // namespace tessera::model
