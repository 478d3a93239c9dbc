#pragma once

#include "tessera/image/image.h"

namespace tessera::featurevis {

// An icon as it is shown. straight: four planes, red, green, blue and opacity in [0, 1], size × size each. What
// is transparent lets a light ground through: rgb·(.3 + .7α) + .7·(1 - α) (design: Numbers, Alpha icons), with
// α the opacity after a curve that makes little opacity none and much opacity all.
Image to_picture(const float* straight, int size);

}  // namespace tessera::featurevis
