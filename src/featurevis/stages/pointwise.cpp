#include <algorithm>

#include "featurevis/stages/own_convolution.h"

namespace tessera::featurevis {
namespace {

class PointwiseStage : public OwnConvolution {
 public:
  explicit PointwiseStage(const ConvolutionSettings& settings) : OwnConvolution(settings) {
    const at::Tensor weight = settings.weight.detach().to(at::kFloat).flatten(1).contiguous();
    out_ = int(weight.size(0));
    in_ = int(weight.size(1));
    there_ = kernels::pack_pointwise(weight.const_data_ptr<float>(), out_, in_);
    const at::Tensor turned = weight.t().contiguous();
    back_ = kernels::pack_pointwise(turned.const_data_ptr<float>(), in_, out_);
    bias_.resize(std::size_t(kernels::padded(out_)));
    if (settings.bias.defined()) {
      const at::Tensor bias = settings.bias.detach().to(at::kFloat).contiguous();
      std::copy_n(bias.const_data_ptr<float>(), out_, bias_.data());
    }
  }

 protected:
  at::Tensor run(const at::Tensor& in, bool clamps) const override {
    at::Tensor out = new_maps(in.size(0), out_, in.size(2), in.size(3));
    multiply({in_, out_, there_.data(), bias_.data(), 0, high(clamps)}, in, out);
    return out;
  }
  at::Tensor pull(const at::Tensor& gradient, std::int64_t batch, std::int64_t height,
                  std::int64_t width) const override {
    at::Tensor out = new_maps(batch, in_, height, width);
    multiply({out_, in_, back_.data(), nullptr, 0, 0}, gradient, out);
    return out;
  }

 private:
  static void multiply(const kernels::Pointwise& of, const at::Tensor& in, const at::Tensor& out) {
    const std::int64_t rows = in.size(0) * in.size(2) * in.size(3);
    const float* from = in.const_data_ptr<float>();
    float* to = out.data_ptr<float>();
    at::parallel_for(0, rows, 96, [&](std::int64_t first, std::int64_t last) {
      kernels::best().pointwise(of, from + first * of.inner, int(last - first), to + first * of.columns);
    });
  }

  int in_ = 0;
  int out_ = 0;
  std::vector<float> there_;
  std::vector<float> back_;
  std::vector<float> bias_;
};

}  // namespace

std::unique_ptr<Stage> make_pointwise(const ConvolutionSettings& settings) {
  const auto all = [](const auto& list, std::int64_t value) {
    return std::all_of(list.begin(), list.end(), [&](std::int64_t item) { return item == value; });
  };
  if (!settings.weight.device().is_cpu() || settings.groups != 1 || settings.weight.size(2) != 1 ||
      settings.weight.size(3) != 1 || !all(settings.stride, 1) || !all(settings.zeros, 0) ||
      !all(settings.padding, 0))
    return nullptr;
  return std::make_unique<PointwiseStage>(settings);
}

}  // namespace tessera::featurevis
