#include <utility>

#include "featurevis/stages/own_convolution.h"

namespace tessera::featurevis {
namespace {

class DepthwiseStage : public OwnConvolution {
 public:
  explicit DepthwiseStage(const ConvolutionSettings& settings) : OwnConvolution(settings) {
    of_.channels = int(settings.weight.size(0));
    of_.kernel = int(settings.weight.size(2));
    of_.stride = int(settings.stride[0]);
    left_ = int(settings.zeros[0] + settings.padding[1]);
    right_ = int(settings.zeros[1] + settings.padding[1]);
    top_ = int(settings.zeros[2] + settings.padding[0]);
    bottom_ = int(settings.zeros[3] + settings.padding[0]);
    of_.top = top_;
    of_.left = left_;
    const at::Tensor weight =
        settings.weight.detach().to(at::kFloat).squeeze(1).permute({1, 2, 0}).contiguous();
    weights_.assign(weight.const_data_ptr<float>(), weight.const_data_ptr<float>() + weight.numel());
    const at::Tensor turned = weight.flip({0, 1}).contiguous();
    turned_.assign(turned.const_data_ptr<float>(), turned.const_data_ptr<float>() + turned.numel());
    if (settings.bias.defined()) {
      const at::Tensor bias = settings.bias.detach().to(at::kFloat).contiguous();
      bias_.assign(bias.const_data_ptr<float>(), bias.const_data_ptr<float>() + bias.numel());
    }
  }

 protected:
  at::Tensor run(const at::Tensor& in, bool clamps) const override {
    kernels::Depthwise of = shaped(in.size(2), in.size(3));
    if (of.out_height < 1 || of.out_width < 1)
      TORCH_CHECK(false, "the picture is too small for a convolution of ", of.kernel, " pixels");
    of.bias = bias_.empty() ? nullptr : bias_.data();
    of.high = high(clamps);
    at::Tensor out = new_maps(in.size(0), of.channels, of.out_height, of.out_width);
    each_row(in.size(0), of.out_height, [&](std::int64_t n, int first, int last) {
      kernels::best().depthwise(of, in.const_data_ptr<float>() + n * in.stride(0),
                                out.data_ptr<float>() + n * out.stride(0), first, last);
    });
    return out;
  }
  at::Tensor pull(const at::Tensor& gradient, std::int64_t batch, std::int64_t height,
                  std::int64_t width) const override {
    const kernels::Depthwise of = shaped(height, width);
    at::Tensor out = new_maps(batch, of.channels, height, width);
    if (of.stride == 1) {
      // The same convolution with the kernel turned round.
      kernels::Depthwise turned = of;
      std::swap(turned.height, turned.out_height);
      std::swap(turned.width, turned.out_width);
      turned.top = of.kernel - 1 - of.top;
      turned.left = of.kernel - 1 - of.left;
      turned.weights = turned_.data();
      if (turned.top >= 0 && turned.left >= 0) {
        each_row(gradient.size(0), turned.out_height, [&](std::int64_t n, int first, int last) {
          kernels::best().depthwise(turned, gradient.const_data_ptr<float>() + n * gradient.stride(0),
                                    out.data_ptr<float>() + n * out.stride(0), first, last);
        });
        return out;
      }
    }
    each_row(gradient.size(0), of.height, [&](std::int64_t n, int first, int last) {
      kernels::best().undepthwise(of, gradient.const_data_ptr<float>() + n * gradient.stride(0),
                                  out.data_ptr<float>() + n * out.stride(0), first, last);
    });
    return out;
  }

 private:
  kernels::Depthwise shaped(std::int64_t height, std::int64_t width) const {
    kernels::Depthwise of = of_;
    of.weights = weights_.data();
    of.height = int(height);
    of.width = int(width);
    of.out_height = (of.height + top_ + bottom_ - of.kernel) / of.stride + 1;
    of.out_width = (of.width + left_ + right_ - of.kernel) / of.stride + 1;
    if (of.height + top_ + bottom_ < of.kernel) of.out_height = 0;
    if (of.width + left_ + right_ < of.kernel) of.out_width = 0;
    return of;
  }

  template <class Work>
  static void each_row(std::int64_t batch, std::int64_t height, const Work& work) {
    at::parallel_for(0, height, 4, [&](std::int64_t first, std::int64_t last) {
      for (std::int64_t n = 0; n < batch; ++n) work(n, int(first), int(last));
    });
  }

  kernels::Depthwise of_;
  int left_ = 0, right_ = 0, top_ = 0, bottom_ = 0;
  std::vector<float> weights_;  // [row][column][channel]
  std::vector<float> turned_;   // rows and columns in reverse
  std::vector<float> bias_;
};

}  // namespace

std::unique_ptr<Stage> make_depthwise(const ConvolutionSettings& settings) {
  if (!settings.weight.device().is_cpu() || settings.weight.size(1) != 1 ||
      settings.groups != settings.weight.size(0) || settings.weight.size(2) != settings.weight.size(3) ||
      settings.stride[0] != settings.stride[1] || settings.dilation[0] != 1 || settings.dilation[1] != 1)
    return nullptr;
  return std::make_unique<DepthwiseStage>(settings);
}

}  // namespace tessera::featurevis
