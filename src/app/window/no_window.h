#pragma once

#include "tessera/base/error.h"

namespace tessera::app {

// There is no display, or none with OpenGL 3.3: what was asked for may still be drawn without a window.
class NoWindow : public Error {
 public:
  using Error::Error;
};

}  // namespace tessera::app
