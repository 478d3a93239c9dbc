#include "image/orientation.h"

#include <algorithm>

#include "image/metadata/exif.h"
#include "image/metadata/xmp.h"

namespace tessera::image {

int orientation(std::string_view exif, std::string_view xmp) {
  auto value = exif_orientation(exif);
  if (!value) value = xmp_orientation(xmp);
  return value && *value >= 1 && *value <= 8 ? *value : 1;
}

Image upright(Image stored, int orientation) {
  if (orientation <= 1 || orientation > 8) return stored;
  const bool is_turned = orientation >= 5;
  // Of the stored picture: whether its columns run from the right and its rows from the bottom.
  const bool from_right = orientation == 2 || orientation == 3 || orientation == 7 || orientation == 8;
  const bool from_bottom = orientation == 3 || orientation == 4 || orientation == 6 || orientation == 7;
  Image picture = is_turned ? Image(stored.height, stored.width) : Image(stored.width, stored.height);
  for (int y = 0; y < picture.height; ++y)
    for (int x = 0; x < picture.width; ++x) {
      const int column = is_turned ? y : x;
      const int row = is_turned ? x : y;
      const std::uint8_t* from = stored.pixel(from_right ? stored.width - 1 - column : column,
                                              from_bottom ? stored.height - 1 - row : row);
      std::copy_n(from, 3, picture.pixel(x, y));
    }
  return picture;
}

}  // namespace tessera::image
