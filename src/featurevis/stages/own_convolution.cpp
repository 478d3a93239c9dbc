#include "featurevis/stages/own_convolution.h"

#include <algorithm>

namespace tessera::featurevis {
namespace {

using kernels::best;

at::Tensor maps_like(const at::Tensor& like, std::int64_t channels, std::int64_t height, std::int64_t width) {
  return at::empty({like.size(0), channels, height, width},
                   at::TensorOptions(at::kFloat).memory_format(at::MemoryFormat::ChannelsLast));
}

at::Tensor in_order(const at::Tensor& maps) { return maps.contiguous(at::MemoryFormat::ChannelsLast); }

// The stage's part that all convolutions share: the rectifier after it.
class OwnConvolution : public Stage {
 public:
  explicit OwnConvolution(const ConvolutionSettings& settings) : rectifier_(settings.rectifier) {}

  void forward(Trace& trace) const final {
    const at::Tensor in = in_order(input(trace));
    std::vector<at::Tensor>& mine = kept(trace);
    // Held back while the redirected rule looks at what is before the rectifier.
    const bool clamps = rectifier_ && !trace.redirect;
    at::Tensor out = run(in, clamps);
    // No memory of the input is needed any more, only its shape.
    mine = {at::empty({in.size(0), in.size(2), in.size(3), 0})};
    if (rectifier_) mine.push_back(out);
    set_output(trace, rectifier_ && !clamps ? rectified(out, *rectifier_) : std::move(out));
  }

  void backward(Trace& trace) const final {
    std::vector<at::Tensor>& mine = kept(trace);
    at::Tensor gradient = take_gradient(trace);
    if (rectifier_ && trace.redirect) {
      gradient = redirected(gradient, mine[1], *rectifier_);
    } else if (rectifier_) {
      gradient = is_mine(gradient) && gradient.is_contiguous(at::MemoryFormat::ChannelsLast)
                     ? std::move(gradient)
                     : gradient.clone(at::MemoryFormat::ChannelsLast);
      best().mask(mine[1].const_data_ptr<float>(), gradient.data_ptr<float>(), std::size_t(gradient.numel()),
                  0, rectifier_->limit);
    }
    const at::Tensor& shape = mine[0];
    trace.add_gradient(inputs[0], pull(in_order(gradient), shape.size(0), shape.size(1), shape.size(2)));
    mine.clear();
  }

 protected:
  float high(bool clamps) const { return clamps ? rectifier_->limit : 0; }

  virtual at::Tensor run(const at::Tensor& in, bool clamps) const = 0;
  virtual at::Tensor pull(const at::Tensor& gradient, std::int64_t batch, std::int64_t height,
                          std::int64_t width) const = 0;

 private:
  std::optional<Rectifier> rectifier_;
};

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
    at::Tensor out = maps_like(in, out_, in.size(2), in.size(3));
    multiply({in_, out_, there_.data(), bias_.data(), 0, high(clamps)}, in, out);
    return out;
  }
  at::Tensor pull(const at::Tensor& gradient, std::int64_t, std::int64_t height,
                  std::int64_t width) const override {
    at::Tensor out = maps_like(gradient, in_, height, width);
    multiply({out_, in_, back_.data(), nullptr, 0, 0}, gradient, out);
    return out;
  }

 private:
  static void multiply(const kernels::Pointwise& of, const at::Tensor& in, const at::Tensor& out) {
    const std::int64_t rows = in.size(0) * in.size(2) * in.size(3);
    const float* from = in.const_data_ptr<float>();
    float* to = out.data_ptr<float>();
    at::parallel_for(0, rows, 96, [&](std::int64_t first, std::int64_t last) {
      best().pointwise(of, from + first * of.inner, int(last - first), to + first * of.columns);
    });
  }

  int in_ = 0;
  int out_ = 0;
  std::vector<float> there_;
  std::vector<float> back_;
  std::vector<float> bias_;
};

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
    at::Tensor out = maps_like(in, of.channels, of.out_height, of.out_width);
    each_row(in.size(0), of.out_height, [&](std::int64_t n, int first, int last) {
      best().depthwise(of, in.const_data_ptr<float>() + n * in.stride(0),
                       out.data_ptr<float>() + n * out.stride(0), first, last);
    });
    return out;
  }
  at::Tensor pull(const at::Tensor& gradient, std::int64_t, std::int64_t height,
                  std::int64_t width) const override {
    const kernels::Depthwise of = shaped(height, width);
    at::Tensor out = maps_like(gradient, of.channels, height, width);
    each_row(gradient.size(0), of.height, [&](std::int64_t n, int first, int last) {
      best().undepthwise(of, gradient.const_data_ptr<float>() + n * gradient.stride(0),
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
  std::vector<float> bias_;
};

bool runs_here(const ConvolutionSettings& settings) { return settings.weight.device().is_cpu(); }

}  // namespace

std::unique_ptr<Stage> make_pointwise(const ConvolutionSettings& settings) {
  const auto all = [](const auto& list, std::int64_t value) {
    return std::all_of(list.begin(), list.end(), [&](std::int64_t item) { return item == value; });
  };
  if (!runs_here(settings) || settings.groups != 1 || settings.weight.size(2) != 1 ||
      settings.weight.size(3) != 1 || !all(settings.stride, 1) || !all(settings.zeros, 0) ||
      !all(settings.padding, 0))
    return nullptr;
  return std::make_unique<PointwiseStage>(settings);
}

std::unique_ptr<Stage> make_depthwise(const ConvolutionSettings& settings) {
  if (!runs_here(settings) || settings.weight.size(1) != 1 || settings.groups != settings.weight.size(0) ||
      settings.weight.size(2) != settings.weight.size(3) || settings.stride[0] != settings.stride[1] ||
      settings.dilation[0] != 1 || settings.dilation[1] != 1)
    return nullptr;
  return std::make_unique<DepthwiseStage>(settings);
}

}  // namespace tessera::featurevis
