// A dense convolution as a product of matrices: every output is its window, laid out in a row, times the
// weights.
#include <algorithm>

#include "featurevis/stages/own_convolution.h"

namespace tessera::featurevis {
namespace {

// Values of a window. With more, oneDNN's direct convolutions are as fast.
constexpr std::int64_t most_inner = 160;

class Patches : public OwnConvolution {
 public:
  explicit Patches(const ConvolutionSettings& settings)
      : OwnConvolution(settings),
        channels_(settings.weight.size(1)),
        out_(settings.weight.size(0)),
        height_(settings.weight.size(2)),
        width_(settings.weight.size(3)),
        stride_(settings.stride),
        left_(settings.zeros[0] + settings.padding[1]),
        right_(settings.zeros[1] + settings.padding[1]),
        top_(settings.zeros[2] + settings.padding[0]),
        bottom_(settings.zeros[3] + settings.padding[0]) {
    // In the order of a window's values: row, column, channel.
    const at::Tensor weight =
        settings.weight.detach().to(at::kFloat).permute({0, 2, 3, 1}).flatten(1).contiguous();
    there_ = kernels::pack_pointwise(weight.const_data_ptr<float>(), int(out_), int(inner()));
    const at::Tensor turned = weight.t().contiguous();
    back_ = kernels::pack_pointwise(turned.const_data_ptr<float>(), int(inner()), int(out_));
    bias_.resize(std::size_t(kernels::padded(int(out_))));
    if (settings.bias.defined()) {
      const at::Tensor bias = settings.bias.detach().to(at::kFloat).contiguous();
      std::copy_n(bias.const_data_ptr<float>(), out_, bias_.data());
    }
  }

 protected:
  at::Tensor run(const at::Tensor& in, bool clamps) const override {
    const std::int64_t height = in.size(2);
    const std::int64_t width = in.size(3);
    const std::int64_t down = (height + top_ + bottom_ - height_) / stride_[0] + 1;
    const std::int64_t across = (width + left_ + right_ - width_) / stride_[1] + 1;
    TORCH_CHECK(height + top_ + bottom_ >= height_ && width + left_ + right_ >= width_,
                "the picture is too small for a convolution of ", height_, " x ", width_, " pixels");
    at::Tensor out = new_maps(in.size(0), out_, down, across);
    std::vector<float> windows(std::size_t(down * across * inner()));
    const kernels::Pointwise product{int(inner()), int(out_), there_.data(), bias_.data(), 0, high(clamps)};
    for (std::int64_t n = 0; n < in.size(0); ++n) {
      const float* from = in.const_data_ptr<float>() + n * height * width * channels_;
      each_tap(down, across, height, width, [&](std::int64_t window, std::int64_t place, std::int64_t count) {
        if (place < 0)
          std::fill_n(windows.data() + window, count, 0.f);
        else
          std::copy_n(from + place, count, windows.data() + window);
      });
      kernels::best().pointwise(product, windows.data(), int(down * across),
                                out.data_ptr<float>() + n * down * across * out_);
    }
    return out;
  }

  at::Tensor pull(const at::Tensor& gradient, std::int64_t batch, std::int64_t height,
                  std::int64_t width) const override {
    const std::int64_t down = gradient.size(2);
    const std::int64_t across = gradient.size(3);
    at::Tensor out = new_maps(batch, channels_, height, width).zero_();
    std::vector<float> windows(std::size_t(down * across * inner()));
    const kernels::Pointwise product{int(out_), int(inner()), back_.data(), nullptr, 0, 0};
    for (std::int64_t n = 0; n < batch; ++n) {
      kernels::best().pointwise(product, gradient.const_data_ptr<float>() + n * down * across * out_,
                                int(down * across), windows.data());
      float* to = out.data_ptr<float>() + n * height * width * channels_;
      each_tap(down, across, height, width, [&](std::int64_t window, std::int64_t place, std::int64_t count) {
        if (place < 0) return;
        for (std::int64_t i = 0; i < count; ++i) to[place + i] += windows[std::size_t(window + i)];
      });
    }
    return out;
  }

 private:
  std::int64_t inner() const { return height_ * width_ * channels_; }

  // Calls take(where in the windows, where in the maps or -1 outside, how many values) for runs of values.
  template <class Take>
  void each_tap(std::int64_t down, std::int64_t across, std::int64_t height, std::int64_t width,
                const Take& take) const {
    std::int64_t window = 0;
    for (std::int64_t row = 0; row < down; ++row)
      for (std::int64_t column = 0; column < across; ++column)
        for (std::int64_t tap = 0; tap < height_; ++tap) {
          const std::int64_t y = row * stride_[0] - top_ + tap;
          const std::int64_t x = column * stride_[1] - left_;
          const std::int64_t run = width_ * channels_;
          if (y < 0 || y >= height) {
            take(window, -1, run);
          } else if (x >= 0 && x + width_ <= width) {
            take(window, (y * width + x) * channels_, run);
          } else {
            for (std::int64_t i = 0; i < width_; ++i) {
              const bool inside = x + i >= 0 && x + i < width;
              take(window + i * channels_, inside ? (y * width + x + i) * channels_ : -1, channels_);
            }
          }
          window += run;
        }
  }

  std::int64_t channels_;
  std::int64_t out_;
  std::int64_t height_;  // of the kernel
  std::int64_t width_;
  std::array<std::int64_t, 2> stride_;
  std::int64_t left_, right_, top_, bottom_;
  std::vector<float> there_;
  std::vector<float> back_;
  std::vector<float> bias_;
};

}  // namespace

std::unique_ptr<Stage> make_patches(const ConvolutionSettings& settings) {
  const at::Tensor& weight = settings.weight;
  if (!weight.device().is_cpu() || settings.groups != 1 || settings.dilation[0] != 1 ||
      settings.dilation[1] != 1 || weight.size(1) * weight.size(2) * weight.size(3) > most_inner)
    return nullptr;
  return std::make_unique<Patches>(settings);
}

}  // namespace tessera::featurevis
