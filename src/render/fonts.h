#pragma once

#include "render/imgui_compat.h"

namespace tessera::render {

// The faces that everything is set in, by role, loaded for one display scale. Never null once loaded.
struct Fonts {
  ImFont* small = nullptr;   // secondary text, numbers on axes
  ImFont* body = nullptr;    // what is read
  ImFont* strong = nullptr;  // section titles, what stands out in a list
  ImFont* title = nullptr;   // the name of what is on the stage
  ImFont* number = nullptr;  // digits of one width, for columns
};

}  // namespace tessera::render
