#include "featurevis/stages/convolution.h"

#include <algorithm>

#include "featurevis/stages/own_convolution.h"

namespace tessera::featurevis {
namespace {

class Convolution : public Stage {
 public:
  Convolution(ConvolutionSettings settings, at::ScalarType type) : of_(std::move(settings)) {
    of_.weight = of_.weight.detach().to(type).contiguous(at::MemoryFormat::ChannelsLast);
    if (of_.bias.defined()) of_.bias = of_.bias.detach().to(type);
    const bool depthwise = of_.weight.size(1) == 1 && of_.groups == of_.weight.size(0);
    const bool strided = of_.stride[0] > 1 || of_.stride[1] > 1;
    // The way back is a convolution as well, with the kernel turned round and the gradient spread out by
    // zeros where there is a stride. oneDNN's own is as fast only for dense strided convolutions.
    if (!depthwise && (of_.groups != 1 || strided)) return;
    turned_ = of_.weight.flip({2, 3});
    if (!depthwise) turned_ = turned_.transpose(0, 1);
    turned_ = turned_.contiguous(at::MemoryFormat::ChannelsLast);
  }

  void forward(Trace& trace) const override {
    at::Tensor value = input(trace);
    std::vector<at::Tensor>& mine = kept(trace);
    if (pads()) value = at::constant_pad_nd(value, of_.zeros);
    mine = {shape_of(value)};
    value = at::conv2d(value, of_.weight, of_.bias, of_.stride, of_.padding, of_.dilation, of_.groups);
    if (of_.rectifier) {
      if (trace.redirect) {
        mine.push_back(value);
        value = rectified(value, *of_.rectifier);
      } else {
        value.clamp_(0, of_.rectifier->limit);
        mine.push_back(value);
      }
    }
    set_output(trace, std::move(value));
  }

  void backward(Trace& trace) const override {
    at::Tensor gradient = take_gradient(trace);
    std::vector<at::Tensor>& mine = kept(trace);
    if (of_.rectifier) {
      gradient = trace.redirect ? redirected(gradient, mine[1], *of_.rectifier)
                                : at::hardtanh_backward(gradient, mine[1], 0, of_.rectifier->limit);
      mine[1].reset();
    }
    gradient = pulled(gradient, to_sizes(mine[0]));
    if (pads()) {
      std::array<std::int64_t, 4> cropped = of_.zeros;
      for (std::int64_t& amount : cropped) amount = -amount;
      gradient = at::constant_pad_nd(gradient, cropped);
    }
    trace.add_gradient(inputs[0], std::move(gradient));
  }

 private:
  bool pads() const {
    return std::any_of(of_.zeros.begin(), of_.zeros.end(), [](std::int64_t amount) { return amount != 0; });
  }

  // A shape, without the memory.
  static at::Tensor shape_of(const at::Tensor& tensor) {
    at::Tensor sizes = at::empty({tensor.dim()}, at::kLong);
    std::copy(tensor.sizes().begin(), tensor.sizes().end(), sizes.data_ptr<std::int64_t>());
    return sizes;
  }
  static std::vector<std::int64_t> to_sizes(const at::Tensor& shape) {
    return {shape.data_ptr<std::int64_t>(), shape.data_ptr<std::int64_t>() + shape.numel()};
  }

  at::Tensor pulled(const at::Tensor& gradient, const std::vector<std::int64_t>& sizes) const {
    if (!turned_.defined() || overhangs()) {
      const at::Tensor like = at::empty(
          sizes, gradient.options().memory_format(at::MemoryFormat::ChannelsLast));  // only its shape is read
      return std::get<0>(at::convolution_backward(gradient, like, of_.weight, std::nullopt, of_.stride,
                                                  of_.padding, of_.dilation, false, {0, 0}, of_.groups,
                                                  {true, false, false}));
    }
    at::Tensor maps = gradient;
    std::array<std::int64_t, 2> padding{};
    std::vector<std::int64_t> spread = gradient.sizes().vec();
    bool copied = false;
    for (std::size_t axis = 0; axis < 2; ++axis) {
      const std::int64_t reach = of_.dilation[axis] * (of_.weight.size(std::int64_t(axis) + 2) - 1);
      padding[axis] = reach - of_.padding[axis];
      // So large that the result has the input's size: the stride may have left out the last rows.
      spread[axis + 2] = sizes[axis + 2] + reach - 2 * padding[axis];
      copied = copied || spread[axis + 2] != gradient.size(std::int64_t(axis) + 2);
    }
    if (copied) {
      maps = at::zeros(spread, gradient.options().memory_format(at::MemoryFormat::ChannelsLast));
      maps.slice(2, 0, (gradient.size(2) - 1) * of_.stride[0] + 1, of_.stride[0])
          .slice(3, 0, (gradient.size(3) - 1) * of_.stride[1] + 1, of_.stride[1])
          .copy_(gradient);
    }
    const bool depthwise = of_.weight.size(1) == 1 && of_.groups == of_.weight.size(0);
    return at::conv2d(maps, turned_, {}, 1, padding, of_.dilation, depthwise ? of_.groups : 1);
  }

  bool overhangs() const {
    for (std::size_t axis = 0; axis < 2; ++axis)
      if (of_.padding[axis] > of_.dilation[axis] * (of_.weight.size(std::int64_t(axis) + 2) - 1)) return true;
    return false;
  }

  ConvolutionSettings of_;
  at::Tensor turned_;
};

}  // namespace

std::unique_ptr<Stage> make_convolution(ConvolutionSettings settings, at::ScalarType type) {
  if (type == at::kFloat) {
    if (std::unique_ptr<Stage> stage = make_pointwise(settings)) return stage;
    if (std::unique_ptr<Stage> stage = make_depthwise(settings)) return stage;
    if (std::unique_ptr<Stage> stage = make_patches(settings)) return stage;
  }
  return std::make_unique<Convolution>(std::move(settings), type);
}

}  // namespace tessera::featurevis
