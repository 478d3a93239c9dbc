#pragma once

#include "featurevis/stages/convolution.h"

namespace tessera::featurevis {

// Convolutions with inner loops of our own, float32 on the CPU: of one pixel, and of each channel by itself
// with a square kernel. They cost a fraction of what oneDNN's do where a picture is small, and their way back
// needs no zeros. Null for all others.
std::unique_ptr<Stage> make_pointwise(const ConvolutionSettings& settings);
std::unique_ptr<Stage> make_depthwise(const ConvolutionSettings& settings);

}  // namespace tessera::featurevis
