#pragma once

#include <cstddef>

#include "render/textures.h"

namespace tessera::render {

struct AtlasLimits {
  int longest_side = 8192;                         // of the texture, in texels
  std::size_t most_texels = std::size_t(1) << 24;  // 64 MB of values and 85 MB of colours
};

// The smallest nearly square grid for `channels` tiles of width x height within the limits; reduces the tiles
// where it must. `texture` of the result is 0. Throws Error where even tiles of one texel do not fit.
Atlas plan_atlas(int height, int width, int channels, const AtlasLimits& limits = {});

}  // namespace tessera::render
