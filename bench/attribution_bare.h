#pragma once

#include <filesystem>
#include <memory>

// What a sweep is measured against: the network as LibTorch runs it, with nothing of Tessera in between.
class Bare {
 public:
  // Frozen, batch norms folded, channels last. `width` and `height`: of its input.
  Bare(const std::filesystem::path& model, int width, int height);
  ~Bare();

  // The gradient of a class's logit at the input: one forward and one backward pass.
  void forward_backward(int index);

 private:
  struct Impl;
  std::unique_ptr<Impl> impl_;
};
