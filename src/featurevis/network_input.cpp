#include "featurevis/network_input.h"

namespace tessera::featurevis {
namespace {

constexpr float grey = .5f;

}  // namespace

NetworkInput::NetworkInput(const model::Preprocessing& preprocessing) : channels_(preprocessing.channels()) {
  for (std::size_t c = 0; c < std::size_t(channels_); ++c) {
    const double factor = preprocessing.range / preprocessing.std[c];
    offset_[c] = float(-preprocessing.mean[c] / preprocessing.std[c]);
    switch (preprocessing.order) {
      case model::ChannelOrder::rgb:
        matrix_[c][c] = float(factor);
        break;
      case model::ChannelOrder::bgr:
        matrix_[c][2 - c] = float(factor);
        break;
      case model::ChannelOrder::grey:
        matrix_[c] = {float(.299 * factor), float(.587 * factor), float(.114 * factor)};
        break;
    }
  }
}

void NetworkInput::compose(const float* seen, const float* background, std::size_t pixels, float* in) const {
  for (std::size_t i = 0; i < pixels; ++i, seen += 4) {
    const float rest = 1 - seen[3];
    const float red = seen[0] + rest * (background ? background[3 * i] : grey);
    const float green = seen[1] + rest * (background ? background[3 * i + 1] : grey);
    const float blue = seen[2] + rest * (background ? background[3 * i + 2] : grey);
    for (std::size_t c = 0; c < std::size_t(channels_); ++c)
      *in++ = matrix_[c][0] * red + matrix_[c][1] * green + matrix_[c][2] * blue + offset_[c];
  }
}

void NetworkInput::pull_back(const float* in_gradient, const float* background, std::size_t pixels,
                             float* seen_gradient) const {
  for (std::size_t i = 0; i < pixels; ++i, seen_gradient += 4) {
    float colour[3] = {0, 0, 0};
    for (std::size_t c = 0; c < std::size_t(channels_); ++c, ++in_gradient)
      for (std::size_t k = 0; k < 3; ++k) colour[k] += matrix_[c][k] * *in_gradient;
    float behind = 0;
    for (std::size_t k = 0; k < 3; ++k) {
      seen_gradient[k] = colour[k];
      behind += colour[k] * (background ? background[3 * i + k] : grey);
    }
    seen_gradient[3] = -behind;
  }
}

}  // namespace tessera::featurevis
