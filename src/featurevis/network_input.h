#pragma once

#include <array>
#include <cstddef>

#include "tessera/model/preprocessing.h"

namespace tessera::featurevis {

// The network's preprocessing as one linear map, from colours in [0, 1] to its input: channels last.
class NetworkInput {
 public:
  explicit NetworkInput(const model::Preprocessing& preprocessing);

  int channels() const { return channels_; }

  // seen: [pixel][4], colours times opacity, and opacity; what is not opaque shows `background`: [pixel][3],
  // or mid grey where that is null. in: [pixel][channels].
  void compose(const float* seen, const float* background, std::size_t pixels, float* in) const;
  // Its adjoint.
  void pull_back(const float* in_gradient, const float* background, std::size_t pixels,
                 float* seen_gradient) const;

 private:
  int channels_;
  std::array<std::array<float, 3>, 3> matrix_{};  // by input channel, then colour
  std::array<float, 3> offset_{};
};

}  // namespace tessera::featurevis
