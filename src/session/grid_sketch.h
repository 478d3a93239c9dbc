#pragma once

#include "tessera/base/cube.h"
#include "tessera/image/image.h"
#include "tessera/session/icon_queries.h"

namespace tessera::session {

// What a grid of activation vectors looks like before anything is optimised (GridPicture::coarse). `cells`:
// the layer's cube, pooled. `sheet` may be empty.
Image sketch_grid(const Cube& cells, const IconSheet& sheet, int cell);

}  // namespace tessera::session
