#pragma once

#include "featurevis/stages/convolution.h"

namespace tessera::featurevis {

// A convolution with inner loops of our own, float32 on the CPU, and the rectifier after it. These cost a
// fraction of what oneDNN's do where a picture is small, and their way back is as fast as the way there.
class OwnConvolution : public Stage {
 public:
  explicit OwnConvolution(const ConvolutionSettings& settings) : rectifier_(settings.rectifier) {}

  void forward(Trace& trace) const final;
  void backward(Trace& trace) const final;

 protected:
  // The upper limit that the inner loops clamp to; 0 for none.
  float high(bool clamps) const { return clamps ? rectifier_->limit : 0; }

  virtual at::Tensor run(const at::Tensor& in, bool clamps) const = 0;
  virtual at::Tensor pull(const at::Tensor& gradient, std::int64_t batch, std::int64_t height,
                          std::int64_t width) const = 0;

 private:
  std::optional<Rectifier> rectifier_;
};

// Channels last.
at::Tensor new_maps(std::int64_t batch, std::int64_t channels, std::int64_t height, std::int64_t width);

// One for each kind; null for all others.
std::unique_ptr<Stage> make_pointwise(const ConvolutionSettings& settings);  // of one pixel
std::unique_ptr<Stage> make_depthwise(const ConvolutionSettings& settings);  // of each channel by itself
std::unique_ptr<Stage> make_patches(
    const ConvolutionSettings& settings);  // of few channels: a network's first

}  // namespace tessera::featurevis
