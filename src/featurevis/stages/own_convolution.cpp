#include "featurevis/stages/own_convolution.h"

namespace tessera::featurevis {
namespace {

at::Tensor in_order(const at::Tensor& maps) { return maps.contiguous(at::MemoryFormat::ChannelsLast); }

}  // namespace

at::Tensor new_maps(std::int64_t batch, std::int64_t channels, std::int64_t height, std::int64_t width) {
  return at::empty({batch, channels, height, width},
                   at::TensorOptions(at::kFloat).memory_format(at::MemoryFormat::ChannelsLast));
}

void OwnConvolution::forward(Trace& trace) const {
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

void OwnConvolution::backward(Trace& trace) const {
  std::vector<at::Tensor>& mine = kept(trace);
  at::Tensor gradient = take_gradient(trace);
  if (rectifier_) {
    if (!is_mine(gradient) || !gradient.is_contiguous(at::MemoryFormat::ChannelsLast))
      gradient = gradient.clone(at::MemoryFormat::ChannelsLast);
    const float* values = mine[1].const_data_ptr<float>();
    float* to = gradient.data_ptr<float>();
    if (!trace.redirect) {
      kernels::best().mask(values, to, std::size_t(gradient.numel()), 0, rectifier_->limit);
    } else {
      const std::int64_t each = gradient.numel() / gradient.size(0);
      for (std::int64_t n = 0; n < gradient.size(0); ++n)
        kernels::best().redirect(values + n * each, to + n * each, std::size_t(each), rectifier_->limit);
    }
  }
  const at::Tensor& shape = mine[0];
  trace.add_gradient(inputs[0], pull(in_order(gradient), shape.size(0), shape.size(1), shape.size(2)));
  mine.clear();
}

}  // namespace tessera::featurevis
