#pragma once

#include <span>
#include <string>
#include <vector>

#include "tessera/featurevis/icon.h"
#include "tessera/model/model.h"

namespace tessera::featurevis {

// What a picture shows, whatever it was made for.
struct Contrast {
  float deviation = 0;  // of luminance, root mean square around its mean, in [0, 0.5]
  float clipped = 0;    // share of samples within 2 of 0 or 255
  bool operator==(const Contrast&) const = default;
};
Contrast measure_contrast(const Image& picture);

// grey or saturated where the picture is, none otherwise: `weak` is with_natural's to say.
Failure judge(const Contrast& contrast);

// For every channel of a layer the largest value before its ReLU at a position of the pictures, all in one
// pass: what IconQuality::natural of channel and neuron icons is. C values. Throws Error for an unknown layer
// or no picture.
std::vector<float> natural_reference(model::Model& model, const std::string& layer,
                                     std::span<const Image> pictures);

// The icon with what natural pictures reach, and marked weak where it stays below and nothing else is wrong
// with it.
Icon with_natural(Icon icon, float natural);

}  // namespace tessera::featurevis
