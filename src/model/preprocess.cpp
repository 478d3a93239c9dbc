#include "model/preprocess.h"

#include "tessera/image/fit.h"

namespace tessera::model {

at::Tensor normalize(const Image& fitted, const Preprocessing& preprocessing) {
  const int channels = preprocessing.channels();
  // Laid out as the picture is, so that one pass over memory does it all.
  at::Tensor values = at::empty({1, fitted.height, fitted.width, channels}, at::kFloat);
  float* target = values.data_ptr<float>();
  std::array<double, 3> factor{};
  std::array<double, 3> offset{};
  for (std::size_t c = 0; c < std::size_t(channels); ++c) {
    factor[c] = preprocessing.range / 255.0 / preprocessing.std[c];
    offset[c] = -preprocessing.mean[c] / preprocessing.std[c];
  }
  const std::size_t pixels = std::size_t(fitted.width) * fitted.height;
  for (std::size_t i = 0; i < pixels; ++i) {
    const std::uint8_t* pixel = fitted.rgb.data() + 3 * i;
    if (preprocessing.order == ChannelOrder::grey) {
      const double luma = 0.299 * pixel[0] + 0.587 * pixel[1] + 0.114 * pixel[2];
      *target++ = float(luma * factor[0] + offset[0]);
      continue;
    }
    const bool reversed = preprocessing.order == ChannelOrder::bgr;
    for (std::size_t c = 0; c < 3; ++c)
      *target++ = float(pixel[reversed ? 2 - c : c] * factor[c] + offset[c]);
  }
  return values.permute({0, 3, 1, 2});
}

at::Tensor preprocess(const Image& picture, const Preprocessing& preprocessing, c10::Device device) {
  const Image fitted = image::fit(picture, preprocessing.fit).image;
  return normalize(fitted, preprocessing).to(device).contiguous(at::MemoryFormat::ChannelsLast);
}

}  // namespace tessera::model
