#pragma once

#include <cstdint>
#include <memory>

#include "render/color_scale.h"
#include "tessera/base/cube.h"
#include "tessera/image/image.h"

namespace tessera::render {

using TextureId = std::uintptr_t;  // 0: none

// How a texture is enlarged. Shrinking is always smooth.
enum class Sampling { nearest, linear };

// Where a tile lies in a texture, in texture coordinates.
struct TextureRegion {
  float u0 = 0, v0 = 0, u1 = 1, v1 = 1;
};

// All channels of a cube in one texture: a grid of cells in channel order, each a tile surrounded by a border
// of repeated edge values. Cells are multiples of four texels, so that neither linear sampling nor shrinking
// to a quarter (two levels of mip maps) bleeds into the neighbour.
struct Atlas {
  TextureId texture = 0;
  int columns = 0;
  int rows = 0;
  int tile_width = 0;  // without the border
  int tile_height = 0;
  // A tile's texel stands for reduction x reduction values (their mean), where the cube is too large for one
  // texture.
  int reduction = 1;

  static constexpr int border = 2;
  int cell_width() const { return (tile_width + 2 * border + 3) / 4 * 4; }
  int cell_height() const { return (tile_height + 2 * border + 3) / 4 * 4; }
  int width() const { return columns * cell_width(); }
  int height() const { return rows * cell_height(); }

  TextureRegion region(int channel) const {
    const float x = float((channel % columns) * cell_width() + border);
    const float y = float((channel / columns) * cell_height() + border);
    return {x / float(width()), y / float(height()), (x + float(tile_width)) / float(width()),
            (y + float(tile_height)) / float(height())};
  }
};

// Pictures and heat maps as textures. What was asked for in this frame or the last few stays on the GPU; the
// rest is released. Identity is the shared object itself. The UI thread alone calls this. Tests use a fake
// without a GPU.
class Textures {
 public:
  virtual ~Textures() = default;

  virtual TextureId picture(const std::shared_ptr<const Image>& image, Sampling sampling) = 0;

  // All channels of a cube, coloured on the GPU; changing the scale does not upload the values again.
  virtual Atlas channels(const std::shared_ptr<const Cube>& cube, const ColorScale& scale,
                         Sampling sampling) = 0;

  // A horizontal strip of the colours of a scale from low (left) to high (right).
  virtual TextureId color_bar(const ColorScale& scale) = 0;

  virtual void end_frame() = 0;
};

}  // namespace tessera::render
