#include "render/atlas_layout.h"

#include <algorithm>
#include <cmath>
#include <string>

#include "tessera/base/error.h"

namespace tessera::render {
namespace {

int divide_up(int value, int divisor) { return (value + divisor - 1) / divisor; }

}  // namespace

Atlas plan_atlas(int height, int width, int channels, const AtlasLimits& limits) {
  Atlas atlas;
  if (height <= 0 || width <= 0 || channels <= 0) return atlas;
  for (int reduction = 1;; ++reduction) {
    atlas.reduction = reduction;
    atlas.tile_width = divide_up(width, reduction);
    atlas.tile_height = divide_up(height, reduction);
    const int most_columns = limits.longest_side / atlas.cell_width();
    const int most_rows = limits.longest_side / atlas.cell_height();
    if (most_columns > 0 && most_rows > 0) {
      const int square = int(
          std::ceil(std::sqrt(double(channels) * double(atlas.cell_height()) / double(atlas.cell_width()))));
      atlas.columns =
          std::min({std::max({square, divide_up(channels, most_rows), 1}), most_columns, channels});
      atlas.rows = divide_up(channels, atlas.columns);
      if (atlas.rows <= most_rows &&
          std::size_t(atlas.width()) * std::size_t(atlas.height()) <= limits.most_texels)
        return atlas;
    }
    if (atlas.tile_width == 1 && atlas.tile_height == 1)
      throw Error("the layer has more channels than one texture can show",
                  std::to_string(channels) + " channels");
  }
}

}  // namespace tessera::render
