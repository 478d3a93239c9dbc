#pragma once

#include "render/oklab.h"

namespace tessera::test {

enum class ColorVision { full, protanopia, deuteranopia };

// What somebody who lacks the long- (protanopia) or middle-wavelength (deuteranopia) cones sees: the matrices
// of Machado, Oliveira and Fernandes (2009) at full severity, on linear light.
render::LinearRgb seen_by(ColorVision vision, const render::LinearRgb& color);

}  // namespace tessera::test
